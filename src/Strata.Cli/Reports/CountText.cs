using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

/// <summary>What a person reads after <c>strata count</c>.</summary>
internal static class CountText
{
    public static void Write(Screen screen, CountReport report)
    {
        screen.Line($"[bold]{Of(report.Tokens, "token")}[/]  {Escape($"{report.Counter.Band}, counted with {report.Counter.Name}")}");
        if (report.Recorded is { } recorded)
            screen.Line(Escape($"{Of(recorded, "input token")} recorded in the file for its last request"));
        if (report.Window is { } window)
        {
            var most = Math.Max(report.Tokens, report.Recorded ?? 0);
            var model = report.Model?.Name is { } name ? $" of {name}" : "";
            screen.Line(Escape($"{Percent(most, window)} of the window{model} ({Of(window)}), "
                + $"{Percent(most, report.Threshold!.Value)} of the threshold ({Of(report.Threshold.Value)})"));
        }

        if (report.Kinds is { } kinds)
        {
            screen.Line();
            var columns = new Columns().Text("kind").Number("tokens").Number("share");
            foreach (var (name, tokens) in kinds.Rows().Where(row => row.Tokens > 0))
                columns.Row(name, Of(tokens), Percent(tokens, report.Tokens));
            screen.Write(columns);
            screen.Line();
            var roles = new Columns().Text("role").Number("messages").Number("tokens").Number("share");
            foreach (var role in report.Roles)
                roles.Row(role.Role, Of(role.Messages), Of(role.Tokens), Percent(role.Tokens, report.Tokens));
            screen.Write(roles);
        }
    }
}

using Spectre.Console;
using Spectre.Console.Rendering;
using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;

namespace Strata.Cli.Ladders;

/// <summary>The display that is redrawn in place and gone at the end, when the report takes its place.</summary>
internal static class LiveProgress
{
    private const int BarWidth = 30;

    private static readonly TimeSpan Frame = TimeSpan.FromSeconds(.25);

    public static Task<T> ShowAsync<T>(Terminal terminal, LadderRun run, Func<Task<T>> work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = terminal.Colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(terminal.Error),
        });
        console.Profile.Width = terminal.ErrorWidth!.Value;
        console.Profile.Capabilities.Unicode = true;
        return console.Live(new Spectre.Console.Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async context =>
        {
            var working = work();
            while (!working.IsCompleted)
            {
                context.UpdateTarget(Draw(run.Log.State(), run.MaxCost, terminal));
                await Task.WhenAny(working, Task.Delay(Frame, terminal.Time)).ConfigureAwait(false);
            }

            context.UpdateTarget(Draw(run.Log.State(), run.MaxCost, terminal));
            return await working.ConfigureAwait(false);
        });
    }

    public static IRenderable Draw(ProgressState state, decimal? maxCost, Terminal terminal)
    {
        if (state.Planned == 0)
            return new Spectre.Console.Text("planning");
        var width = terminal.ErrorWidth ?? 80;
        List<IRenderable> lines = [.. state.Levels.Where(level => level.Planned > 0).Select(Row)];
        if (state.Instead > 0)
            lines.Add(new Markup($"[yellow]level 0 instead of a model: {Of(state.Instead)}[/]"));
        lines.Add(Line($"{Of(state.Done)} of {Of(state.Planned, "part")}; {ProgressText.Calls(state, maxCost)}"));
        lines.Add(Line(ProgressText.Clock(state.Elapsed) + ProgressText.Left(state, ", ")
            + (state.Calls.ActiveCalls > 0 ? $"; {Of(state.Calls.ActiveCalls, "call")} under way" : "")));
        lines.Add(terminal.Interrupts.Calls.IsCancellationRequested
            ? new Spectre.Console.Text(CellText.Fit(ProgressText.Stopping, width), new Style(Color.Yellow))
            : new Spectre.Console.Text(
                CellText.Fit("Ctrl-C ends the calls and keeps what is written.", width), new Style(decoration: Decoration.Dim)));
        return new Rows(lines);

        Spectre.Console.Text Line(string text) => new(CellText.Fit(text, width));
    }

    private static Markup Row(LevelProgress level)
    {
        var share = Math.Min(1, (double)level.Done / level.Planned);
        var full = (int)(share * BarWidth);
        return new Markup($"level {Of(level.Level)}  [green]{new string('█', full)}[/][dim]{new string('░', BarWidth - full)}[/]  "
            + $"{Of(level.Done)} of {Of(level.Planned)}");
    }
}

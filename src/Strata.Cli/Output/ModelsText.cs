using System.Globalization;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Output;

/// <summary>What a person reads after <c>strata models</c>.</summary>
internal static class ModelsText
{
    public static void Write(Screen screen, ModelsReport report)
    {
        if (report.Resolved is { } resolved)
        {
            Detail(screen, resolved);
            if (report.Models.Count <= 1)
                return;
            screen.Line();
        }

        Table(screen, report.Models);
    }

    private static void Table(Screen screen, IReadOnlyList<ModelRow> models)
    {
        string[] sources = [.. models.SelectMany(Sources).Distinct(StringComparer.Ordinal)];
        var columns = new Columns().Flexible("model", 3).Flexible("provider").Number("window").Number("input").Number("output").Number("$ in").Number("$ out")
            .Flexible("tokenizer").Text("source");
        foreach (var model in models)
        {
            columns.Row(
                model.Id, model.Provider ?? "any", Short(model.Window), Short(model.Input), Short(model.Output), Price(model.Prices?.Input),
                Price(model.Prices?.Output), model.Tokenizer, Marks(model, sources));
        }

        screen.Write(columns);
        screen.Line();
        screen.Line(Escape("Window, input and output limits in tokens; prices in USD per million tokens. Sources of window, limits, prices:"));
        for (var i = 0; i < sources.Length; i++)
            screen.Line(Escape($"  {Mark(i)} {sources[i]}"));
    }

    private static void Detail(Screen screen, ResolvedModel resolved)
    {
        var model = resolved.Model;
        screen.Line($"[bold]{Escape(model.Provider is null ? model.Id : $"{model.Provider}/{model.Id}")}[/]  {Escape(resolved.Reason)}");
        screen.Line();
        var columns = new Columns().Text().Text().Flexible();
        columns.Row("window", $"{Of(model.Window)} tokens", model.Sources.Window);
        columns.Row("input", model.Input is { } input ? $"{Of(input)} tokens" : "what the window leaves", model.Input is null ? "" : model.Sources.Limits);
        columns.Row("output", model.Output is { } output ? $"{Of(output)} tokens" : "unknown", model.Output is null ? "" : model.Sources.Limits);
        if (model.Prices is { } prices)
        {
            columns.Row("prices", $"${Price(prices.Input)} in, ${Price(prices.Output)} out", $"per million tokens; {model.Sources.Prices}");
            if (prices.CacheRead is not null || prices.CacheWrite is not null)
                columns.Row("", $"${Price(prices.CacheRead)} cache read, ${Price(prices.CacheWrite)} cache write", "");
            if (prices.LongPrompt is { } longPrompt)
                columns.Row("", $"${Price(longPrompt.Input)} in, ${Price(longPrompt.Output)} out", $"above {Of(longPrompt.AboveTokens)} tokens of input");
        }
        else
        {
            columns.Row("prices", "unknown", "");
        }

        columns.Row("tokenizer", model.Tokenizer, model.ErrorBand == 0 ? "exact" : FormattableString.Invariant($"an estimate, ±{model.ErrorBand * 100:0}%"));
        if (model.Released is { } released)
            columns.Row("released", released, "");
        screen.Write(columns);
    }

    private static IEnumerable<string> Sources(ModelRow model) =>
        new[] { model.Sources.Window, model.Sources.Limits, model.Sources.Prices }.OfType<string>();

    private static string Marks(ModelRow model, string[] sources) =>
        string.Concat(Sources(model).Distinct(StringComparer.Ordinal).Select(source => Mark(Array.IndexOf(sources, source))));

    private static string Mark(int index) => index < 26 ? ((char)('a' + index)).ToString() : FormattableString.Invariant($"({index})");

    private static string Short(int? tokens) => tokens switch
    {
        null => "-",
        >= 1_000_000 when tokens % 100_000 == 0 => FormattableString.Invariant($"{tokens.Value / 1e6:0.#}M"),
        >= 1_000 when tokens % 1_000 == 0 => FormattableString.Invariant($"{tokens.Value / 1_000}k"),
        _ => Of(tokens.Value),
    };

    private static string Price(decimal? price) => price?.ToString("0.00##", CultureInfo.InvariantCulture) ?? "-";
}

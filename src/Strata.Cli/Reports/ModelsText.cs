using System.Globalization;
using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;
using static Strata.Cli.Output.Screen;

namespace Strata.Cli.Reports;

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
        var limited = models.Any(model => model.Input is not null);
        var columns = new Columns().Flexible("model", 4).Flexible("provider").Number("window");
        if (limited)
            columns.Number("input");
        columns.Number("output").Number("$ in").Number("$ out").Flexible("tokenizer").Text("source");
        foreach (var model in models)
        {
            string[] input = limited ? [Short(model.Input)] : [];
            columns.Row(
            [
                model.Id, model.Provider ?? "any", Short(model.Window), .. input, Short(model.Output), Price(model.Prices?.Input),
                Price(model.Prices?.Output), model.Tokenizer, Marks(model, sources),
            ]);
        }

        screen.Write(columns);
        screen.Line();
        screen.Line(
            Escape("Window, input and output limits in tokens; prices in USD per million tokens. Sources of window, limits, prices:"));
        for (var i = 0; i < sources.Length; i++)
            screen.Line(Escape($"  {Mark(i)} {sources[i]}"));
    }

    private static void Detail(Screen screen, ResolvedModel resolved)
    {
        var model = resolved.Model;
        screen.Line($"[bold]{Escape(model.Provider is null ? model.Id : $"{model.Provider}/{model.Id}")}[/]  {Escape(resolved.Reason)}");
        screen.Line();
        var columns = new Columns().Text().Flexible();
        columns.Row("window", $"{Of(model.Window)} tokens");
        columns.Row("input", model.Input is { } input ? $"{Of(input)} tokens" : "what the window leaves");
        columns.Row("output", model.Output is { } output ? $"{Of(output)} tokens" : "unknown");
        foreach (var (name, price) in Prices(model.Prices))
            columns.Row(name, price);
        columns.Row(
            "tokenizer",
            model.ErrorBand == 0 ? $"{model.Tokenizer}, exact"
                : FormattableString.Invariant($"{model.Tokenizer}, an estimate, ±{model.ErrorBand * 100:0}%"));
        if (model.Released is { } released)
            columns.Row("released", released);
        screen.Write(columns);
        screen.Line();
        screen.Heading("Sources");
        var sources = new Columns().Text().Flexible();
        sources.Row("window", model.Sources.Window);
        sources.Row("limits", model.Sources.Limits);
        if (model.Sources.Prices is { } source)
            sources.Row("prices", source);
        screen.Write(sources);
    }

    private static IEnumerable<(string Name, string Price)> Prices(PriceRow? prices)
    {
        if (prices is null)
        {
            yield return ("prices", "unknown");
            yield break;
        }

        yield return ("prices", $"${Price(prices.Input)} in, ${Price(prices.Output)} out per million tokens");
        if (prices.CacheRead is { } read)
            yield return ("", $"${Price(read)} read from the prompt cache");
        if (prices.CacheWrite is { } write)
            yield return ("", $"${Price(write)} written to the prompt cache");
        if (prices.CacheWrite1h is { } hour)
            yield return ("", $"${Price(hour)} written to it for an hour");
        if (prices.LongPrompt is { } longPrompt)
            yield return ("",
                $"${Price(longPrompt.Input)} in, ${Price(longPrompt.Output)} out above {Of(longPrompt.AboveTokens)} tokens of input");
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

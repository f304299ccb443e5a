using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Providers.Wire;

namespace Strata.Providers.Ollama;

/// <summary>Asks <c>/api/show</c> for the window that a model was trained with.</summary>
internal static partial class OllamaWindow
{
    /// <summary>Tokens; null when the server does not say.</summary>
    public static async ValueTask<int?> ReadAsync(HttpClient http, string model, CancellationToken cancellationToken)
    {
        using var response = await http.PostAsJsonAsync("api/show",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["model"] = model }, cancellationToken).ConfigureAwait(false);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        using var document = JsonDocument.Parse(body);
        var trained = document.RootElement.Object("model_info")?.EnumerateObject()
            .Where(static pair =>
                pair.Name.EndsWith(".context_length", StringComparison.Ordinal) && pair.Value.ValueKind == JsonValueKind.Number)
            .Select(static pair => pair.Value.TryGetInt32(out var tokens) ? tokens : (int?)null)
            .FirstOrDefault();
        var chosen = NumCtx().Match(document.RootElement.Text("parameters") ?? "") is { Success: true } match
            && int.TryParse(match.Groups["tokens"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set
            : (int?)null;

        // Who made the model knows what the machine bears, so a window in its Modelfile is the limit.
        return trained is > 0 && chosen is > 0 ? Math.Min(trained.Value, chosen.Value)
            : trained is > 0 ? trained : chosen is > 0 ? chosen : null;
    }

    [GeneratedRegex(
        @"^\s*num_ctx\s+(?<tokens>\d+)", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NumCtx();
}

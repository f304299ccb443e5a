using System.Text.Json;
using Strata.Calls;
using Strata.Providers.Faults;
using Strata.Providers.Wire;

namespace Strata.Providers.OpenAICompatible;

/// <summary>Asks <c>/models</c> for the window that a server was started with.</summary>
internal static class ServedWindow
{
    /// <summary>Tokens; null when the server does not say, as the API does not ask it to.</summary>
    public static async ValueTask<int?> ReadAsync(HttpClient http, string model, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.GetAsync("models", cancellationToken).ConfigureAwait(false);
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            List<JsonElement> models = [.. document.RootElement.Array("data")?.EnumerateArray() ?? Enumerable.Empty<JsonElement>()];

            // A server with one model serves that, whatever name a request gives.
            var served = models is [var only] ? only
                : models.Find(candidate => string.Equals(candidate.Text("id"), model, StringComparison.Ordinal));
            return (served.Number("max_model_len") ?? served.Object("meta")?.Number("n_ctx")) is > 0 and <= int.MaxValue and var tokens
                ? (int)tokens : null;
        }
        catch (ServerFaultException e) when (e.Fault is CallFault.BadRequest or CallFault.ModelMissing)
        {
            return null;
        }
    }
}

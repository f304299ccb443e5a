using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>Puts a marker in place of a result that a later call made stale.</summary>
internal static class SupersededResult
{
    /// <summary>A copy that says by what it was superseded, or the same instance when that would be no shorter.</summary>
    public static FunctionResultContent Of(FunctionResultContent result, bool wasChanged, int maxTokens, ITokenCounter counter)
    {
        var text = MessageText.OfResult(result.Result);
        var before = CutMarker.Parse(text);
        var handle = before?.Handle ?? ContentHandle.HandleOf(result);
        var tokens = counter.Count(text);
        var marker = CutMarker.Superseded(wasChanged, (before?.Tokens ?? 0) + tokens, handle);
        if (counter.Count(marker) > maxTokens)
            marker = CutMarker.Shortest(handle);
        return counter.Count(marker) >= tokens
            ? result
            : ContentShortener.Copy(new FunctionResultContent(result.CallId, marker) { Exception = result.Exception }, result);
    }
}

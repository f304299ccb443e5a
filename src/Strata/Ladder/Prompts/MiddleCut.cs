using System.Globalization;
using Strata.Text;
using Strata.Tokens;

namespace Strata.Ladder.Prompts;

/// <summary>Cuts the middle out of a text and says so in its place.</summary>
internal static class MiddleCut
{
    // Tokens of the mark with a large number and its line ends, in the costliest tokenizer of the catalogue.
    private const int Mark = 20;

    /// <summary>Head and tail of the text in about <paramref name="maxTokens"/>; the same instance when it is shorter.</summary>
    public static string Of(string text, int maxTokens, ITokenCounter counter)
    {
        var tokens = counter.Count(text);
        if (tokens <= maxTokens)
            return text;
        var room = Math.Max(maxTokens - Mark, 0);
        var head = TextCut.Before(text, counter.FitHead(text, room / 2));
        var tail = Math.Max(head, TextCut.After(text, text.Length - counter.FitTail(text, room - (room / 2))));
        var left = tokens - counter.Count(text.AsSpan(0, head)) - counter.Count(text.AsSpan(tail));
        return string.Create(CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, head).TrimEnd()}\n[… {Math.Max(left, 1)} tokens left out …]\n{text.AsSpan(tail).TrimStart()}").Trim('\n');
    }
}

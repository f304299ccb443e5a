using System.Text;
using Strata.Tokens;

namespace Strata.Tests.Summaries;

/// <summary>Counts a token for every started run of UTF-16 chars: enough to hold limits against, without a tokenizer's tables.</summary>
internal sealed class CharCounter(int charsPerToken) : ITokenCounter
{
    public string Name => "chars";

    public double ErrorBand => 0;

    public int Count(ReadOnlySpan<char> text) => (text.Length + charsPerToken - 1) / charsPerToken;

    public int Count(ReadOnlySpan<byte> utf8) => Count(Encoding.UTF8.GetString(utf8));

    public int CountUpTo(ReadOnlySpan<char> text, int limit) => Count(text);

    public int FitHead(ReadOnlySpan<char> text, int maxTokens)
    {
        var length = Math.Min(text.Length, Math.Max(0, maxTokens) * charsPerToken);
        return length > 0 && length < text.Length && char.IsLowSurrogate(text[length]) && char.IsHighSurrogate(text[length - 1])
            ? length - 1
            : length;
    }

    public int FitTail(ReadOnlySpan<char> text, int maxTokens)
    {
        var length = Math.Min(text.Length, Math.Max(0, maxTokens) * charsPerToken);
        var start = text.Length - length;
        return start > 0 && length > 0 && char.IsLowSurrogate(text[start]) && char.IsHighSurrogate(text[start - 1]) ? length - 1 : length;
    }
}

using System.Text;
using Strata.Tokens;

namespace Strata.Benchmarks;

/// <summary>Counts UTF-16 chars: for measures whose budgets are chars.</summary>
internal sealed class CharCounter : ITokenCounter
{
    public string Name => "chars";

    public double ErrorBand => 0;

    public int Count(ReadOnlySpan<char> text) => text.Length;

    public int Count(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetCharCount(utf8);

    public int CountUpTo(ReadOnlySpan<char> text, int limit) => text.Length;

    public int FitHead(ReadOnlySpan<char> text, int maxTokens)
    {
        var length = Math.Clamp(maxTokens, 0, text.Length);
        return length > 0 && length < text.Length && char.IsLowSurrogate(text[length]) ? length - 1 : length;
    }

    public int FitTail(ReadOnlySpan<char> text, int maxTokens)
    {
        var length = Math.Clamp(maxTokens, 0, text.Length);
        return length > 0 && length < text.Length && char.IsLowSurrogate(text[^length]) ? length - 1 : length;
    }
}

using System.Text;

namespace Strata.Tokens;

/// <summary>
/// Four UTF-16 chars are one token, rounded up. Only where a profile asks for it: on languages it is wrong by about 30 %, on tool output it
/// counts 31 % too few, on emoji 70 %.
/// </summary>
public sealed class CharsPerTokenCounter : ITokenCounter
{
    private const int Chars = 4;

    public static CharsPerTokenCounter Instance { get; } = new();

    public string Name => "chars/4";

    public double ErrorBand => .7;

    public int Count(ReadOnlySpan<char> text) => (int)(((long)text.Length + Chars - 1) / Chars);

    public int Count(ReadOnlySpan<byte> utf8) => (int)(((long)Encoding.UTF8.GetCharCount(utf8) + Chars - 1) / Chars);

    public int CountUpTo(ReadOnlySpan<char> text, int limit) => Count(text);

    public int FitHead(ReadOnlySpan<char> text, int maxTokens)
    {
        var length = Length(text, maxTokens);
        return length > 0 && length < text.Length && char.IsHighSurrogate(text[length - 1]) && char.IsLowSurrogate(text[length])
            ? length - 1 : length;
    }

    public int FitTail(ReadOnlySpan<char> text, int maxTokens)
    {
        var length = Length(text, maxTokens);
        var cut = text.Length - length;
        return cut > 0 && length > 0 && char.IsHighSurrogate(text[cut - 1]) && char.IsLowSurrogate(text[cut]) ? length - 1 : length;
    }

    private static int Length(ReadOnlySpan<char> text, int maxTokens) => (int)Math.Clamp((long)maxTokens * Chars, 0, text.Length);
}

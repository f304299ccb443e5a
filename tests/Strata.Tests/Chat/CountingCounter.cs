using Strata.Tokens;

namespace Strata.Tests.Chat;

/// <summary>Counts how many chars it was given to count.</summary>
internal sealed class CountingCounter : ITokenCounter
{
    private long _chars;

    public long Chars => Volatile.Read(ref _chars);

    public string Name => "counting";

    public double ErrorBand => .1;

    public int Count(ReadOnlySpan<char> text)
    {
        Interlocked.Add(ref _chars, text.Length);
        return CharsPerTokenCounter.Instance.Count(text);
    }

    public int Count(ReadOnlySpan<byte> utf8)
    {
        Interlocked.Add(ref _chars, utf8.Length);
        return CharsPerTokenCounter.Instance.Count(utf8);
    }

    public int CountUpTo(ReadOnlySpan<char> text, int limit) => CharsPerTokenCounter.Instance.CountUpTo(text, limit);

    public int FitHead(ReadOnlySpan<char> text, int maxTokens) => CharsPerTokenCounter.Instance.FitHead(text, maxTokens);

    public int FitTail(ReadOnlySpan<char> text, int maxTokens) => CharsPerTokenCounter.Instance.FitTail(text, maxTokens);
}

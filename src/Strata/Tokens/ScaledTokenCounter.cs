namespace Strata.Tokens;

/// <summary>
/// Estimates a tokenizer that is not public: the exact count of another one, multiplied by a ratio that depends on the scripts of the text.
/// </summary>
/// <remarks>
/// Tokenizers agree on English and code and diverge by script, so one factor per model would be wrong for every other language. The count
/// is rounded up. It is not additive: the parts of a text may sum to a few tokens more than the whole.
/// </remarks>
public sealed class ScaledTokenCounter : ITokenCounter
{
    private readonly ITokenCounter _exact;
    private readonly ScriptRatios _ratios;

    internal ScaledTokenCounter(ITokenCounter exact, ScriptRatios ratios, string name, double errorBand)
    {
        _exact = exact;
        _ratios = ratios;
        Name = name;
        ErrorBand = errorBand;
    }

    /// <summary>Multiplies the counts of <paramref name="exact"/> by one <paramref name="ratio"/> for every script.</summary>
    /// <param name="exact">The counter whose counts are multiplied.</param>
    /// <param name="ratio">Above 0 and at most 100; kept to three decimals.</param>
    /// <param name="errorBand">How far the true count may lie from the returned one, as a share of it.</param>
    /// <param name="label">What is estimated, e.g. a model family; becomes part of <see cref="Name"/>.</param>
    public ScaledTokenCounter(ITokenCounter exact, double ratio, double errorBand, string label)
    {
        ArgumentNullException.ThrowIfNull(exact);
        ArgumentException.ThrowIfNullOrWhiteSpace(label);
        if (!(ratio is >= .001 and <= 100))
            throw new ArgumentOutOfRangeException(nameof(ratio), ratio, "A ratio lies between 0.001 and 100.");
        if (!(errorBand is >= 0 and < 10))
            throw new ArgumentOutOfRangeException(nameof(errorBand), errorBand, "An error band is a share such as 0.15.");

        var thousandths = (int)Math.Round(ratio * 1000);
        _exact = exact;
        _ratios = new(thousandths, thousandths, thousandths, thousandths, thousandths, thousandths, thousandths, thousandths);
        Name = FormattableString.Invariant($"{exact.Name} × {thousandths / 1000d} ({label})");
        ErrorBand = errorBand;
    }

    public string Name { get; }

    public double ErrorBand { get; }

    public int Count(ReadOnlySpan<char> text) => Scale(_exact.Count(text), _ratios.For(ScriptCounts.Of(text)));

    public int Count(ReadOnlySpan<byte> utf8) => Scale(_exact.Count(utf8), _ratios.For(ScriptCounts.Of(utf8)));

    public int CountUpTo(ReadOnlySpan<char> text, int limit)
    {
        var ratio = _ratios.For(ScriptCounts.Of(text));
        return Scale(_exact.CountUpTo(text, Unscale(limit, ratio)), ratio);
    }

    public int FitHead(ReadOnlySpan<char> text, int maxTokens) => Fit(text, maxTokens, fromEnd: false);

    public int FitTail(ReadOnlySpan<char> text, int maxTokens) => Fit(text, maxTokens, fromEnd: true);

    /// <summary>
    /// Starts from what fits at the smallest ratio, which is the answer itself where one script (or one ratio) rules, and narrows a mixed
    /// text down by interpolation between what is known to fit and what is known not to. One code point more than the answer never fits.
    /// </summary>
    private int Fit(ReadOnlySpan<char> text, int maxTokens, bool fromEnd)
    {
        if (text.IsEmpty || maxTokens < 0)
            return 0;

        // No char has more than three tokens, so a limit beyond that is no limit.
        var most =
            Math.Min(Unscale(maxTokens, (_ratios.SmallestFor(ScriptCounts.Of(text)), 1000)), (int)Math.Min(int.MaxValue, 3L * text.Length));
        var first = fromEnd ? _exact.FitTail(text, most) : _exact.FitHead(text, most);
        int fits = 0, fitsTokens = 0, tooLong = first, tokens = Count(Part(text, first, fromEnd));
        for (var step = 1; tokens <= maxTokens; step = Math.Min(step * 2, text.Length))
        {
            if (tooLong == text.Length)
                return tooLong;
            (fits, fitsTokens) = (tooLong, tokens);
            tooLong = (int)Math.Min(text.Length, (long)fits + step);
            tooLong += Splits(text, tooLong, fromEnd) ? 1 : 0;
            tokens = Count(Part(text, tooLong, fromEnd));
        }

        for (var step = 0; tooLong - fits > 1; step++)
        {
            // Every third step halves, so a text whose density changes abruptly cannot make interpolation crawl.
            var guess = step % 3 == 2
                ? fits + (tooLong - fits) / 2
                : fits + (int)((long)(tooLong - fits) * (maxTokens - fitsTokens) / Math.Max(1, tokens - fitsTokens));
            guess = Whole(text, Math.Clamp(guess, fits + 1, tooLong - 1), fits, tooLong, fromEnd);
            if (guess <= fits || guess >= tooLong)
                break;

            var count = Count(Part(text, guess, fromEnd));
            if (count <= maxTokens)
                (fits, fitsTokens) = (guess, count);
            else
                (tooLong, tokens) = (guess, count);
        }

        return fits;
    }

    /// <summary>
    /// The nearest length that splits no surrogate pair: shorter if that is still above <paramref name="fits"/>, otherwise longer.
    /// </summary>
    private static int Whole(ReadOnlySpan<char> text, int length, int fits, int tooLong, bool fromEnd)
    {
        if (!Splits(text, length, fromEnd))
            return length;
        return length - 1 > fits || length + 1 >= tooLong ? length - 1 : length + 1;
    }

    private static bool Splits(ReadOnlySpan<char> text, int length, bool fromEnd)
    {
        var cut = fromEnd ? text.Length - length : length;
        return cut > 0 && cut < text.Length && char.IsHighSurrogate(text[cut - 1]) && char.IsLowSurrogate(text[cut]);
    }

    private static ReadOnlySpan<char> Part(ReadOnlySpan<char> text, int length, bool fromEnd) => fromEnd ? text[^length..] : text[..length];

    private static int Scale(int tokens, (long Numerator, long Denominator) ratio) =>
        (int)Int128.Min(int.MaxValue, ((Int128)tokens * ratio.Numerator + ratio.Denominator - 1) / ratio.Denominator);

    /// <summary>The largest exact count that still scales to at most <paramref name="tokens"/>.</summary>
    private static int Unscale(int tokens, (long Numerator, long Denominator) ratio) =>
        tokens <= 0 ? tokens : (int)Int128.Min(int.MaxValue, (Int128)tokens * ratio.Denominator / ratio.Numerator);
}

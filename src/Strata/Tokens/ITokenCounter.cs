namespace Strata.Tokens;

/// <summary>Counts the tokens of plain text and finds how much of a text fits into a number of tokens.</summary>
/// <remarks>
/// Implementations are thread-safe, take time linear in the text, treat look-alikes of special tokens (<c>&lt;|endoftext|&gt;</c>) as plain
/// text and never throw on content: a lone surrogate counts as U+FFFD, as it is sent.
/// </remarks>
public interface ITokenCounter
{
    /// <summary>What is counted with, e.g. <c>o200k_base</c> or <c>o200k_base × 1.3 (claude)</c>.</summary>
    string Name { get; }

    /// <summary>
    /// How far the true count may lie from the returned one, as a share of it: 0 for the model's own tokenizer, .15 for "within 15 %".
    /// </summary>
    double ErrorBand { get; }

    /// <summary>The tokens of <paramref name="text"/>.</summary>
    int Count(ReadOnlySpan<char> text);

    /// <summary>The tokens of <paramref name="utf8"/>; bytes that are not UTF-8 count as U+FFFD.</summary>
    int Count(ReadOnlySpan<byte> utf8);

    /// <summary>
    /// Stops counting once the text is known to exceed <paramref name="limit"/> tokens: the count when it is at most the limit, otherwise
    /// some number above it.
    /// </summary>
    int CountUpTo(ReadOnlySpan<char> text, int limit);

    /// <summary>
    /// The length in UTF-16 chars of the longest head that has at most <paramref name="maxTokens"/> tokens; never splits a surrogate pair.
    /// </summary>
    int FitHead(ReadOnlySpan<char> text, int maxTokens);

    /// <summary>
    /// The length in UTF-16 chars of the longest tail that has at most <paramref name="maxTokens"/> tokens; never splits a surrogate pair.
    /// </summary>
    int FitTail(ReadOnlySpan<char> text, int maxTokens);
}

using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Strata.Tokens.Bpe;

namespace Strata.Tokens;

/// <summary>Exact counts of the public byte-pair encodings, equal to those of tiktoken's <c>encode_ordinary</c>.</summary>
/// <remarks>
/// The first use of an encoding costs some milliseconds; after that a call allocates nothing. Any number of threads may count at the same
/// time.
/// </remarks>
public sealed class BpeTokenizer : ITokenCounter
{
    private static readonly Lazy<Vocabulary> O200k = new(() => new Vocabulary("o200k_base"));
    private static readonly Lazy<BpeTokenizer> LazyO200kBase = new(() => CreateO200k("o200k_base"));
    private static readonly Lazy<BpeTokenizer> LazyO200kHarmony = new(() => CreateO200k("o200k_harmony"));
    private static readonly Lazy<BpeTokenizer> LazyCl100kBase = new(CreateCl100k);

    private const int SmallestWindow = 512;

    private readonly PieceCounterPool _counters;

    private BpeTokenizer(string name, PieceCounterPool counters)
    {
        Name = name;
        _counters = counters;
    }

    /// <summary>The encoding of GPT-4o, GPT-4.1, the o-series and GPT-5.</summary>
    public static BpeTokenizer O200kBase => LazyO200kBase.Value;

    /// <summary>
    /// The encoding of gpt-oss: that of <see cref="O200kBase"/> but for its special tokens, which plain text never contains.
    /// </summary>
    public static BpeTokenizer O200kHarmony => LazyO200kHarmony.Value;

    /// <summary>The encoding of GPT-4, GPT-3.5 and the text-embedding-3 models.</summary>
    public static BpeTokenizer Cl100kBase => LazyCl100kBase.Value;

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>0: the counts are exact.</summary>
    public double ErrorBand => 0;

    /// <inheritdoc/>
    public int Count(ReadOnlySpan<char> text) => CountUpTo(text, int.MaxValue);

    /// <inheritdoc/>
    public int Count(ReadOnlySpan<byte> utf8)
    {
        if (!Utf8.IsValid(utf8))
            return CountRepaired(utf8);
        PieceCounter counter = _counters.Rent();
        try
        {
            Utf8Window window = counter.Window;
            window.Clear();
            long total = 0;
            while (true)
            {
                window.Append(ref utf8);
                if (utf8.IsEmpty)
                    return checked((int)(total + counter.Count(0, window.Length)));
                int cut = window.FindCut();
                total += counter.Count(0, cut);
                window.Consume(cut);
            }
        }
        finally
        {
            _counters.Return(counter);
        }
    }

    /// <inheritdoc/>
    public int CountUpTo(ReadOnlySpan<char> text, int limit)
    {
        PieceCounter counter = _counters.Rent();
        try
        {
            Utf8Window window = counter.Window;
            window.Clear();
            long total = 0;
            // A small limit is most often exceeded by a small part of the text.
            int atMost = (int)Math.Clamp(8L * limit, SmallestWindow, Utf8Window.Capacity);
            while (true)
            {
                window.Append(ref text, atMost);
                atMost = Utf8Window.Capacity;
                if (text.IsEmpty)
                    return checked((int)(total + counter.Count(0, window.Length, limit - total)));
                int cut = window.FindCut();
                total += counter.Count(0, cut, limit - total);
                if (total > limit)
                    return checked((int)total);
                window.Consume(cut);
            }
        }
        finally
        {
            _counters.Return(counter);
        }
    }

    /// <inheritdoc/>
    public int FitHead(ReadOnlySpan<char> text, int maxTokens) => new TextFitter(this, _counters).Head(text, maxTokens);

    /// <inheritdoc/>
    public int FitTail(ReadOnlySpan<char> text, int maxTokens) => text.Length - new TextFitter(this, _counters).TailStart(text, maxTokens);

    /// <summary>The ids of the tokens.</summary>
    internal List<int> Encode(ReadOnlySpan<char> text)
    {
        List<int> tokens = [];
        PieceCounter counter = _counters.Rent();
        try
        {
            Utf8Window window = counter.Window;
            window.Clear();
            while (true)
            {
                window.Append(ref text);
                bool last = text.IsEmpty;
                int cut = last ? window.Length : window.FindCut();
                for (int position = 0; position < cut;)
                    position = counter.Encode(position, cut, tokens);
                if (last)
                    return tokens;
                window.Consume(cut);
            }
        }
        finally
        {
            _counters.Return(counter);
        }
    }

    private static BpeTokenizer CreateO200k(string name) =>
        new(name, new PieceCounterPool(() => new PieceCounter(O200k.Value, SplitRules.O200k)));

    private static BpeTokenizer CreateCl100k()
    {
        Vocabulary vocabulary = new("cl100k_base");
        return new("cl100k_base", new PieceCounterPool(() => new PieceCounter(vocabulary, SplitRules.Cl100k)));
    }

    private int CountRepaired(ReadOnlySpan<byte> utf8)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(utf8.Length);
        try
        {
            return Count(buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, buffer)));
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}

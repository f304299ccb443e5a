using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Strata.Tokens;

/// <summary>The counter for a tokenizer by name: exact where its vocabulary is public, otherwise an estimate with its error band.</summary>
public static class TokenCounters
{
    private static readonly ConcurrentDictionary<string, ITokenCounter> Cache = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Tokenizers whose vocabulary is not at hand. Order of the ratios: Latin and code, Cyrillic, Arabic, Indic, Southeast Asian, CJK,
    /// symbols, other; thousandths of o200k_base. docs/tokens.md names the source of each row.
    /// </summary>
    private static readonly FrozenDictionary<string, (ScriptRatios Ratios, double ErrorBand)> Estimates =
        new Dictionary<string, (ScriptRatios, double)>(StringComparer.OrdinalIgnoreCase)
        {
            ["claude"] = (new(1150, 1500, 1500, 1800, 1600, 1250, 1300, 1500), .15),
            ["claude-2026"] = (new(1495, 1950, 1950, 2340, 2080, 1625, 1690, 1950), .25),
            ["gemini"] = (new(1050, 1050, 1050, 1050, 1050, 900, 1200, 1200), .15),
            ["llama2"] = (new(1250, 1600, 2600, 3000, 3000, 1900, 1500, 2000), .35),
            ["llama3"] = (new(1030, 1300, 1400, 1700, 1500, 1050, 1100, 1400), .20),
            ["llama4"] = (new(1030, 1050, 1100, 1100, 1100, 1000, 1100, 1200), .20),
            ["mistral"] = (new(1100, 1200, 1200, 1300, 1500, 1200, 1200, 1400), .25),
            ["qwen"] = (new(1100, 1500, 1500, 2400, 1600, 1000, 1100, 1500), .20),
            ["deepseek"] = (new(1150, 1500, 1600, 2200, 1800, 1000, 1200, 1500), .20),
            ["glm"] = (new(1100, 1500, 1600, 2200, 1800, 1000, 1200, 1500), .25),
            ["kimi"] = (new(1100, 1500, 1600, 2200, 1800, 1000, 1200, 1500), .25),
            ["minimax"] = (new(1100, 1300, 1400, 1600, 1500, 1050, 1200, 1400), .25),
            ["grok"] = (new(1150, 1500, 1600, 2000, 1800, 1300, 1300, 1500), .30),
            ["cohere"] = (new(1050, 1150, 1150, 1300, 1500, 900, 1200, 1300), .20),
            ["nova"] = (new(1150, 1500, 1600, 2000, 1800, 1300, 1300, 1500), .35),
            ["other"] = (new(1150, 1500, 1800, 2200, 2000, 1300, 1300, 1500), .40),
        }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that <see cref="Find"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["o200k_base", "o200k_harmony", "cl100k_base", "chars/4", .. Estimates.Keys.Order(StringComparer.Ordinal)];

    /// <summary>An exact counter.</summary>
    /// <exception cref="ArgumentException">The encoding is none of o200k_base, o200k_harmony and cl100k_base.</exception>
    public static ITokenCounter ForEncoding(string name) => Exact(name)
        ?? throw new ArgumentException(
            $"'{name}' is not an encoding counted exactly here; those are o200k_base, o200k_harmony and cl100k_base.", nameof(name));

    /// <summary>The counter for a tokenizer, or null for a name it does not know.</summary>
    public static ITokenCounter? Find(string tokenizer)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        if (Exact(tokenizer) is { } exact)
            return exact;
        if (string.Equals(tokenizer, CharsPerTokenCounter.Instance.Name, StringComparison.OrdinalIgnoreCase))
            return CharsPerTokenCounter.Instance;
        return Estimates.ContainsKey(tokenizer) ? Cache.GetOrAdd(tokenizer, Estimate) : null;
    }

    private static ScaledTokenCounter Estimate(string tokenizer)
    {
        var (ratios, errorBand) = Estimates[tokenizer];
        var name = FormattableString.Invariant($"o200k_base × {ratios.Latin / 1000m:0.##} ({tokenizer.ToLowerInvariant()})");
        return new ScaledTokenCounter(ForEncoding("o200k_base"), ratios, name, errorBand);
    }

    private static ITokenCounter? Exact(string name) => name.ToLowerInvariant() switch
    {
        "o200k_base" => BpeTokenizer.O200kBase,
        "o200k_harmony" => BpeTokenizer.O200kHarmony,
        "cl100k_base" => BpeTokenizer.Cl100kBase,
        _ => null,
    };
}

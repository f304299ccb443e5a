namespace Strata.Models;

/// <summary>What is known about a model. Windows and limits are in tokens.</summary>
public sealed record ModelInfo
{
    private readonly string? _limitsSource;
    private readonly string? _pricesSource;
    private readonly string? _tokenizer;
    private readonly string? _framing;

    /// <summary>The name that the provider calls it by.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Who offers it, as models.dev spells it (<c>anthropic</c>, <c>amazon-bedrock</c>); null when any provider may be meant.
    /// </summary>
    public string? Provider { get; init; }

    public string? Family { get; init; }

    /// <summary>Input and output together.</summary>
    public required int Window { get; init; }

    /// <summary>The most input, where it is less than the window; null when only the window limits it.</summary>
    public int? InputLimit { get; init; }

    /// <summary>The most output; null when unknown.</summary>
    public int? OutputLimit { get; init; }

    /// <summary>Null when unknown; free models have prices of 0.</summary>
    public ModelPrices? Prices { get; init; }

    /// <summary>What counts its tokens: an encoding, or the name of an estimate that <see cref="Tokens.TokenCounters"/> knows.</summary>
    public string Tokenizer
    {
        get => _tokenizer ?? ModelFamilies.Default.For(Id).Tokenizer;
        init => _tokenizer = value;
    }

    /// <summary>What its vendor adds to a request, as <see cref="Tokens.RequestFraming.Find"/> knows it.</summary>
    public string Framing
    {
        get => _framing ?? ModelFamilies.Default.For(Id).Framing;
        init => _framing = value;
    }

    /// <summary>Where the window comes from, e.g. <c>models.dev commit f3fc69229 (2026-07-02)</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Where the input and output limits come from.</summary>
    public string LimitsSource
    {
        get => _limitsSource ?? Source;
        init => _limitsSource = value;
    }

    /// <summary>Where the prices come from.</summary>
    public string PricesSource
    {
        get => _pricesSource ?? Source;
        init => _pricesSource = value;
    }

    /// <summary>ISO date, or null when unknown.</summary>
    public string? Released { get; init; }

    /// <summary>Whether it calls tools; null when unknown.</summary>
    public bool? Tools { get; init; }

    /// <summary>Whether it thinks before it answers; null when unknown.</summary>
    public bool? Reasoning { get; init; }

    /// <summary>
    /// Whether the provider accepts signed thinking only behind the exact system prompt, tools and messages that it was made with; null
    /// when nothing is stated. Where it is true, a rewritten history must not carry thinking from before the rewrite.
    /// </summary>
    public bool? ThinkingBoundToPrefix { get; init; }
}

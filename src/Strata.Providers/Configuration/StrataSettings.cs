namespace Strata.Providers.Configuration;

/// <summary>What users set, under the same names in <c>strata.yml</c>, in the environment and on the command line. Null: not set here.</summary>
public sealed record StrataSettings
{
    /// <value>One of <see cref="CompactionProfiles.All"/>.</value>
    public string? Profile { get; init; }

    /// <value>The model that is sent to; not one that writes summaries.</value>
    public string? Model { get; init; }

    /// <value>Tokens.</value>
    public int? Window { get; init; }

    public string? Strategy { get; init; }

    /// <value>A share is one of the conversation as it is.</value>
    public TokenAmount? Target { get; init; }

    /// <value>A share is one of the available window.</value>
    public TokenAmount? Threshold { get; init; }

    /// <value>By level, 1 to 3.</value>
    public IReadOnlyDictionary<int, LevelSettings> Levels { get; init; } = new Dictionary<int, LevelSettings>();

    /// <value>Addresses by provider.</value>
    public IReadOnlyDictionary<string, string> BaseUrls { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <value>USD that all calls may cost together.</value>
    public decimal? MaxCost { get; init; }

    /// <value>The longest that one compaction waits for models.</value>
    public TimeSpan? MaxWait { get; init; }

    /// <value>How often the same model is asked again, 0 to 10.</value>
    public int? Retries { get; init; }

    /// <value>Whose conversation it is, in reports.</value>
    public string? AgentId { get; init; }

    /// <value>Turns of fewer tokens are told in their own words.</value>
    public int? PassThroughTokens { get; init; }

    /// <value>Summaries of one level that become one of the next.</value>
    public int? FanOut { get; init; }

    /// <value>Tokens from which a turn is summarized in pieces.</value>
    public int? PieceTokens { get; init; }

    /// <summary>The levels that a model writes, ascending.</summary>
    public IReadOnlyList<int> WrittenLevels => [.. Levels.Where(level => level.Value.Models is { Count: > 0 }).Select(level => level.Key).Order()];

    /// <summary>These settings, and <paramref name="lower"/> for whatever is not set here; levels are merged setting by setting, addresses provider by provider.</summary>
    public StrataSettings Over(StrataSettings lower)
    {
        ArgumentNullException.ThrowIfNull(lower);
        var urls = new Dictionary<string, string>(lower.BaseUrls, StringComparer.OrdinalIgnoreCase);
        foreach (var (provider, url) in BaseUrls)
            urls[provider] = url;
        var levels = new Dictionary<int, LevelSettings>(lower.Levels);
        foreach (var (number, level) in Levels)
            levels[number] = levels.TryGetValue(number, out var other) ? level.Over(other) : level;
        return new StrataSettings
        {
            Profile = Profile ?? lower.Profile,
            Model = Model ?? lower.Model,
            Window = Window ?? lower.Window,
            Strategy = Strategy ?? lower.Strategy,
            Target = Target ?? lower.Target,
            Threshold = Threshold ?? lower.Threshold,
            Levels = levels,
            BaseUrls = urls,
            MaxCost = MaxCost ?? lower.MaxCost,
            MaxWait = MaxWait ?? lower.MaxWait,
            Retries = Retries ?? lower.Retries,
            AgentId = AgentId ?? lower.AgentId,
            PassThroughTokens = PassThroughTokens ?? lower.PassThroughTokens,
            FanOut = FanOut ?? lower.FanOut,
            PieceTokens = PieceTokens ?? lower.PieceTokens,
        };
    }

    internal StrataSettings WithLevel(int number, Func<LevelSettings, LevelSettings> change) => this with
    {
        Levels = new Dictionary<int, LevelSettings>(Levels) { [number] = change(Levels.GetValueOrDefault(number) ?? new LevelSettings()) },
    };
}

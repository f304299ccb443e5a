using System.Collections.Immutable;
using Strata.Calls;
using Strata.Chat;
using Strata.Conversations;
using Strata.Models;
using Strata.Planning.Hierarchy;

namespace Strata.Settings;

/// <summary>
/// What users set, under the same names in every place. Null: not set here. A setting without a property of its own is read by its name.
/// </summary>
public sealed record StrataSettings
{
    private ImmutableSortedDictionary<string, object> _values = ImmutableSortedDictionary.Create<string, object>(StringComparer.Ordinal);

    /// <value>What is set, by the names of <see cref="SettingTable.All"/>.</value>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <value>One of <see cref="CompactionProfiles.All"/>.</value>
    public string? Profile { get => Text("profile"); init => Put("profile", value); }

    /// <value>The model that is sent to; not one that writes summaries.</value>
    public string? Model { get => Text("model"); init => Put("model", value); }

    /// <value>Tokens.</value>
    public int? Window { get => Value<int>("window"); init => Put("window", value); }

    public string? Strategy { get => Text("strategy"); init => Put("strategy", value); }

    /// <value>On the command line a share is one of the conversation as it is, in a host one of the available window.</value>
    public TokenAmount? Target { get => Value<TokenAmount>("target"); init => Put("target", value); }

    /// <value>A share is one of the available window.</value>
    public TokenAmount? Threshold { get => Value<TokenAmount>("threshold"); init => Put("threshold", value); }

    /// <value>USD that all calls may cost together.</value>
    public decimal? MaxCost { get => Value<decimal>("max_cost"); init => Put("max_cost", value); }

    /// <value>The longest that one compaction waits for models.</value>
    public TimeSpan? MaxWait { get => Value<TimeSpan>("max_wait"); init => Put("max_wait", value); }

    /// <value>Whose conversation it is, in reports.</value>
    public string? AgentId { get => Text("agent_id"); init => Put("agent_id", value); }

    /// <value>How long Ollama keeps a model in memory after a call.</value>
    public TimeSpan? KeepAlive { get => Value<TimeSpan>("keep_alive"); init => Put("keep_alive", value); }

    /// <value>When a call of a provider gives up although nobody cancelled it.</value>
    public TimeSpan? ProviderTimeout { get => Value<TimeSpan>("provider_timeout"); init => Put("provider_timeout", value); }

    /// <value>A file, a connection string of PostgreSQL, <c>memory</c> or <c>none</c>.</value>
    public string? Archive { get => Text("archive"); init => Put("archive", value); }

    /// <value>Whose archive it is where several share one store.</value>
    public string? Tenant { get => Text("tenant"); init => Put("tenant", value); }

    /// <value>Whether keys, passwords and tokens are replaced by placeholders before they are archived.</value>
    public bool? RedactSecrets { get => Value<bool>("redact_secrets"); init => Put("redact_secrets", value); }

    /// <value>By level, 1 to 3.</value>
    public IReadOnlyDictionary<int, LevelSettings> Levels { get; init; } = new Dictionary<int, LevelSettings>();

    /// <value>Addresses by provider.</value>
    public IReadOnlyDictionary<string, string> BaseUrls { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <value>What the reader of a file should know, a sentence each: a key of another program that is understood only in part.</value>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The levels that a model writes, ascending.</summary>
    public IReadOnlyList<int> WrittenLevels =>
        [.. Levels.Where(level => level.Value.Models is { Count: > 0 }).Select(level => level.Key).Order()];

    /// <summary>
    /// These settings, and <paramref name="lower"/> for whatever is not set here; levels are merged setting by setting, addresses
    /// provider by provider.
    /// </summary>
    public StrataSettings Over(StrataSettings lower)
    {
        ArgumentNullException.ThrowIfNull(lower);
        var urls = new Dictionary<string, string>(lower.BaseUrls, StringComparer.OrdinalIgnoreCase);
        foreach (var (provider, url) in BaseUrls)
            urls[provider] = url;
        var levels = new Dictionary<int, LevelSettings>(lower.Levels);
        foreach (var (number, level) in Levels)
            levels[number] = levels.TryGetValue(number, out var other) ? level.Over(other) : level;
        return this with
            { _values = lower._values.SetItems(_values), Levels = levels, BaseUrls = urls, Notes = [.. Notes, .. lower.Notes] };
    }

    /// <summary>
    /// The options of the profile with all that is set of a compaction. A share of threshold or target is one of the available window.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such profile.</exception>
    public CompactionOptions ToCompactionOptions()
    {
        var profile = Profile ?? "default";
        var options = CompactionProfiles.All.GetValueOrDefault(profile)
            ?? throw new ArgumentException(NearestName.Unknown("profile", profile, [.. CompactionProfiles.All.Keys]));
        options = Apply(options, setting => setting.Compaction);
        return options with
            { StrategyOptions = options.StrategyOptions with { Hierarchy = LevelShape.Of(this, options.StrategyOptions.Hierarchy) } };
    }

    /// <summary><paramref name="options"/> with what is set of how a chat client compacts.</summary>
    public ConversationOptions ApplyTo(ConversationOptions options) => Apply(options, setting => setting.Chat);

    /// <summary><paramref name="options"/> with what is set of how models are called.</summary>
    public CallOptions ApplyTo(CallOptions options) => Apply(options, setting => setting.Calls);

    /// <summary>The tree of summaries that is planned with.</summary>
    public HierarchyOptions ToHierarchy() => ToCompactionOptions().StrategyOptions.Hierarchy;

    /// <summary>
    /// These settings with other models at a level, the first choice before those to fall back to; without any, no model writes there.
    /// </summary>
    /// <param name="level">1 per turn, 2 per ten turns, 3 whole.</param>
    /// <param name="models">As <c>ollama/qwen2.5:7b</c>.</param>
    /// <exception cref="FormatException">A text is no reference of a model.</exception>
    /// <exception cref="ArgumentException">There is no such level or provider.</exception>
    public StrataSettings WithModels(int level, params IReadOnlyList<string> models)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 3);
        return WithLevel(level, own => own with { Models = [.. models.SelectMany(SettingTexts.Models)] });
    }

    /// <summary>These settings with another address of a provider.</summary>
    /// <exception cref="FormatException">There is no such provider, or the address is empty or holds a password.</exception>
    public StrataSettings WithBaseUrl(string provider, string url)
    {
        var address = SettingTexts.BaseUrl(provider, url);
        return this with
            { BaseUrls = new Dictionary<string, string>(BaseUrls, StringComparer.OrdinalIgnoreCase) { [address.Provider] = address.Url } };
    }

    /// <summary>The names of what is set, without the values: the address of an archive may hold a password.</summary>
    public override string ToString() => $"{nameof(StrataSettings)} {{ {string.Join(", ", _values.Keys)} }}";

    internal StrataSettings With(string name, object value) => this with { _values = _values.SetItem(name, value) };

    internal StrataSettings WithLevel(int number, Func<LevelSettings, LevelSettings> change) => this with
    {
        Levels = new Dictionary<int, LevelSettings>(Levels) { [number] = change(Levels.GetValueOrDefault(number) ?? new LevelSettings()) },
    };

    private T Apply<T>(T options, Func<Setting, Func<T, object, T>?> part)
    {
        foreach (var setting in SettingTable.All)
        {
            if (part(setting) is { } set && _values.TryGetValue(setting.Name, out var value))
                options = set(options, value);
        }

        return options;
    }

    private string? Text(string name) => _values.GetValueOrDefault(name) as string;

    private T? Value<T>(string name)
        where T : struct => _values.GetValueOrDefault(name) is T value ? value : null;

    private void Put(string name, object? value) => _values = value is null ? _values.Remove(name) : _values.SetItem(name, value);
}

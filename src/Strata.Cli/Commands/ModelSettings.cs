using System.CommandLine;
using Strata.Cli.Files;
using Strata.Providers;
using Strata.Providers.Configuration;

namespace Strata.Cli.Commands;

/// <summary>Which models write summaries, where they are and what they may cost; and the file that says so where the command line does not.</summary>
internal sealed class ModelSettings
{
    private static readonly string[] Whats = ["a turn", "ten turns", "the whole"];

    private readonly Option<string>[] _levels =
        [.. Enumerable.Range(1, 3).Select(level => new Option<string>(FormattableString.Invariant($"--l{level}"))
        {
            Description = FormattableString.Invariant($"The model that summarizes {Whats[level - 1]}, PROVIDER/MODEL; after commas those to fall back to. 'none' takes it out."),
            HelpName = "MODEL",
        })];

    private readonly Option<string> _ollama = new("--ollama") { Description = "Where Ollama is. Default: OLLAMA_HOST, then this machine.", HelpName = "URL" };

    private readonly Option<string[]> _baseUrls = new("--base-url")
    {
        Description = "Where a provider is, such as vllm=http://gpu:8000/v1. Repeatable.",
        HelpName = "PROVIDER=URL",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _maxCost = new("--max-cost") { Description = "The most that calls may cost together, in USD.", HelpName = "USD" };

    private readonly Option<string> _maxWait = new("--max-wait") { Description = "The longest to wait for models, such as 90s or 5m; then level 0 writes. Default: 5m.", HelpName = "TIME" };

    private readonly Option<string> _agentId = new("--agent-id") { Description = "Whose conversation it is, in reports.", HelpName = "ID" };

    private readonly Option<string> _config = new("--config") { Description = $"A file of settings. Default: {SettingsFile.DefaultName} in this folder, where there is one.", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        foreach (var level in _levels)
            command.Add(level);
        command.Add(_ollama);
        command.Add(_baseUrls);
        command.Add(_maxCost);
        command.Add(_maxWait);
        command.Add(_agentId);
        command.Add(_config);
    }

    /// <summary><paramref name="typed"/> with what was typed of models, over the environment, over the file.</summary>
    public StrataSettings Read(StrataSettings typed, ParseResult result, Terminal terminal)
    {
        for (var i = 0; i < _levels.Length; i++)
        {
            var level = i + 1;
            typed = Apply(typed, result, _levels[i], (settings, text) => settings.WithLevel(level, own => own with { Models = SettingTexts.Models(text) }));
        }

        foreach (var (option, key) in new[] { (_maxCost, "max_cost"), (_maxWait, "max_wait"), (_agentId, "agent_id") })
            typed = Apply(typed, result, option, SettingKey.All.First(known => known.Name == key).Set);

        // Addresses are not said again: a password may stand in one.
        if (result.GetValue(_ollama) is { } ollama)
            typed = SettingKey.Apply(typed, _ollama.Name, ollama, (settings, url) => WithUrl(settings, "ollama", url));
        foreach (var pair in result.GetValue(_baseUrls) ?? [])
            typed = SettingKey.Apply(typed, _baseUrls.Name, pair, WithUrl);
        return typed.Over(SettingsEnvironment.Read(terminal.Environment)).Over(FromFile(result, terminal));
    }

    private static StrataSettings Apply(StrataSettings settings, ParseResult result, Option<string> option, Func<StrataSettings, string, StrataSettings> set) =>
        result.GetValue(option) is { } text ? SettingKey.Apply(settings, $"{option.Name} {text}", text, set) : settings;

    private static StrataSettings WithUrl(StrataSettings settings, string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? WithUrl(settings, pair[..equals], pair[(equals + 1)..]) : throw new FormatException("give PROVIDER=URL, such as vllm=http://gpu:8000/v1");
    }

    private static StrataSettings WithUrl(StrataSettings settings, string provider, string url)
    {
        var address = SettingTexts.BaseUrl(provider, url);
        return settings with { BaseUrls = new Dictionary<string, string>(settings.BaseUrls, StringComparer.OrdinalIgnoreCase) { [address.Provider] = address.Url } };
    }

    /// <summary>The file of settings that lies in the folder and that nobody named; null where there is none, or another was named.</summary>
    public string? FoundFile(ParseResult result, Terminal terminal) =>
        Named(result, terminal) is null && File.Exists(Path.Combine(terminal.Folder, SettingsFile.DefaultName)) ? SettingsFile.DefaultName : null;

    private string? Named(ParseResult result, Terminal terminal) =>
        (result.GetValue(_config) ?? terminal.Environment("STRATA_CONFIG")) is { Length: > 0 } named ? named : null;

    private StrataSettings FromFile(ParseResult result, Terminal terminal)
    {
        if (Named(result, terminal) is { } named)
            return Parse(named, named);
        if (FoundFile(result, terminal) is not { } found)
            return new StrataSettings();
        var settings = Parse(Path.Combine(terminal.Folder, found), found);

        // A file that merely lies in a folder, in a repository of somebody else's say, must not send conversations or keys to addresses of its own.
        foreach (var (name, url) in settings.BaseUrls)
        {
            var key = Provider.All.First(provider => provider.Name == name).KeyVariable;
            var hasKey = !string.IsNullOrEmpty(terminal.Environment(key));
            if (hasKey || !Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
                throw new CliException($"{found}: {(hasKey ? $"the key in {key}" : "the conversation")} would be sent to the address that this file gives for {name}. Where that is meant, say so with --config {found}.");
        }

        return settings;
    }

    private static StrataSettings Parse(string path, string name)
    {
        using var reader = new StreamReader(InputFile.Open(path));
        return SettingsFile.Parse(reader.ReadToEnd(), name);
    }
}

using System.CommandLine;
using Strata.Cli.Files;
using Strata.Settings;

namespace Strata.Cli.Commands;

/// <summary>All that is set of a compaction: options, the environment, and the file that says so where the command line does not.</summary>
/// <param name="own">Settings that the command has other options for.</param>
internal sealed class ModelSettings(params string[] own)
{
    private readonly SettingOptions _settings = new(own);

    private readonly Option<string> _ollama = new("--ollama")
    {
        Description = "Where Ollama is. Default: OLLAMA_HOST, then this machine.",
        HelpName = "URL",
    };

    private readonly Option<string[]> _baseUrls = new("--base-url")
    {
        Description = "Where a provider is, such as vllm=http://gpu:8000/v1. Repeatable.",
        HelpName = "PROVIDER=URL",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string> _config = new("--config")
    {
        Description = $"A file of settings. Default: {SettingsFile.DefaultName} in this folder, where there is one.",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        _settings.AddTo(command);
        command.Add(_ollama);
        command.Add(_baseUrls);
        command.Add(_config);
    }

    /// <summary>Whether the option of a setting was typed.</summary>
    public bool IsTyped(string setting, ParseResult result) => _settings.Read(new StrataSettings(), result).Values.ContainsKey(setting);

    /// <summary>What was typed, over the environment, over the file.</summary>
    public StrataSettings Read(ParseResult result, Terminal terminal)
    {
        var typed = _settings.Read(new StrataSettings(), result);

        // Addresses are not said again: a password may stand in one.
        if (result.GetValue(_ollama) is { } ollama)
            typed = WithUrl(_ollama.Name, () => typed.WithBaseUrl("ollama", ollama));
        foreach (var pair in result.GetValue(_baseUrls) ?? [])
            typed = WithUrl(_baseUrls.Name, () => WithUrl(typed, pair));
        var all = typed.Over(SettingsEnvironment.Read(terminal.Environment)).Over(FromFile(result, terminal));
        var idle = all.Values.Keys.Where(name => SettingTable.Find(name)!.NotOnCommandLine is not null).ToList();
        return idle.Count == 0 ? all : all with { Notes = [.. all.Notes, $"Of no effect on the command line: {string.Join(", ", idle)}."] };
    }

    private static StrataSettings WithUrl(string option, Func<StrataSettings> set)
    {
        try
        {
            return set();
        }
        catch (FormatException e)
        {
            throw new SettingsException($"{option}: {e.Message}", e);
        }
    }

    private static StrataSettings WithUrl(StrataSettings settings, string pair)
    {
        var equals = pair.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? settings.WithBaseUrl(pair[..equals], pair[(equals + 1)..])
            : throw new FormatException("give PROVIDER=URL, such as vllm=http://gpu:8000/v1");
    }

    /// <summary>
    /// The file of settings that lies in the folder and that nobody named; null where there is none, or another was named.
    /// </summary>
    public string? FoundFile(ParseResult result, Terminal terminal) =>
        Named(result, terminal) is null && File.Exists(Path.Combine(terminal.Folder, SettingsFile.DefaultName))
            ? SettingsFile.DefaultName : null;

    private string? Named(ParseResult result, Terminal terminal) =>
        (result.GetValue(_config) ?? terminal.Environment("STRATA_CONFIG")) is { Length: > 0 } named ? named : null;

    private StrataSettings FromFile(ParseResult result, Terminal terminal)
    {
        if (Named(result, terminal) is { } named)
            return Parse(named, named);
        if (FoundFile(result, terminal) is not { } found)
            return new StrataSettings();
        var settings = Parse(Path.Combine(terminal.Folder, found), found);

        // A file that merely lies in a folder may be somebody else's. It must not send conversations or keys to addresses of its own.
        foreach (var (name, url) in settings.BaseUrls)
        {
            var key = ProviderVariables.Key(name);
            var hasKey = !string.IsNullOrEmpty(terminal.Environment(key));
            if (hasKey || !Uri.TryCreate(url, UriKind.Absolute, out var address) || !address.IsLoopback)
            {
                throw new CliException(
                    $"{found}: {(hasKey ? $"the key in {key}" : "the conversation")} would be sent to the address that this file gives for "
                    + $"{name}. Where that is meant, say so with --config {found}.");
            }
        }

        return settings;
    }

    private static StrataSettings Parse(string path, string name)
    {
        using var reader = new StreamReader(InputFile.Open(path));
        return SettingsFile.Parse(reader.ReadToEnd(), name);
    }
}

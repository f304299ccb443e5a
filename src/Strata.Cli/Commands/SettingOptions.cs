using System.CommandLine;
using System.CommandLine.Parsing;
using Strata.Settings;

namespace Strata.Cli.Commands;

/// <summary>
/// An option for each setting of the table. Help shows those that are typed often and docs/configuration.md all; the command names
/// settings that it has options of its own for.
/// </summary>
internal sealed class SettingOptions
{
    public const string Target = "target";

    private static readonly string[] Shown = ["strategy", "profile", "threshold", Target, "max_cost", "max_wait", "agent_id"];

    private static readonly string[] Whats = ["a turn", "ten turns", "the whole"];

    private readonly List<(Option<string> Option, Func<StrataSettings, string, string, StrataSettings> Set)> _options = [];

    /// <param name="own">Settings that the command has other options for.</param>
    public SettingOptions(params string[] own)
    {
        var settings = SettingTable.All.Where(
            setting => setting.NotOnCommandLine is null && setting.Name != "archive"
                && !own.Contains(setting.Name, StringComparer.Ordinal));
        foreach (var setting in settings.OrderBy(RankOf))
            _options.Add((Make(setting), setting.Set));
        foreach (var level in LevelText.All)
            _options.Add((Make(level), level.Set));
    }

    public void AddTo(Command command)
    {
        foreach (var (option, _) in _options)
            command.Add(option);
    }

    /// <summary><paramref name="settings"/> with what was typed.</summary>
    /// <exception cref="SettingsException">A value is not allowed: the message names the option.</exception>
    public StrataSettings Read(StrataSettings settings, ParseResult result)
    {
        foreach (var (option, set) in _options)
        {
            if (result.GetValue(option) is { } text)
                settings = set(settings, text, $"{option.Name} {text}");
        }

        return settings;
    }

    private static int RankOf(Setting setting) => Array.IndexOf(Shown, setting.Name) is var rank and >= 0 ? rank : int.MaxValue;

    private static Option<string> Make(Setting setting)
    {
        var option = new Option<string>(setting.Option)
        {
            Description = $"{setting.Meaning} Default: {setting.Default}.",
            HelpName = setting.ValueName,
            Hidden = !Shown.Contains(setting.Name, StringComparer.Ordinal),
        };
        if (setting.Known.Count > 0)
            option.CompletionSources.Add([.. setting.Known]);
        option.Validators.Add(result => Check(result, setting.Set));
        return option;
    }

    private static Option<string> Make(LevelText level)
    {
        var option = new Option<string>(level.Option)
        {
            Description = level.IsModels
                ? $"The model that summarizes {Whats[level.Level - 1]}, PROVIDER/MODEL; after commas those to fall back to. "
                    + "'none' takes it out."
                : $"{level.Name} of level {level.Level}.",
            HelpName = level.IsModels ? "MODEL" : "VALUE",
            Hidden = !level.IsModels,
        };
        option.Validators.Add(result => Check(result, level.Set));
        return option;
    }

    private static void Check(OptionResult result, Func<StrataSettings, string, string, StrataSettings> set)
    {
        foreach (var token in result.Tokens)
        {
            try
            {
                set(new StrataSettings(), token.Value, $"{result.Option.Name} {token.Value}");
            }
            catch (SettingsException e)
            {
                result.AddError(e.Message);
            }
        }
    }
}

namespace Strata.Settings;

/// <summary>A setting of a level that one text says.</summary>
/// <param name="Name">The key in a file.</param>
/// <param name="Set">A <see cref="FormatException"/> says what is allowed.</param>
internal sealed record LevelSetting(string Name, Func<LevelSettings, string, LevelSettings> Set);

/// <summary>A setting of one level, by its names in the environment and on the command line.</summary>
public sealed record LevelText
{
    private readonly LevelSetting _setting;

    private LevelText(int level, LevelSetting setting) => (Level, _setting) = (level, setting);

    /// <value>Models first, level by level.</value>
    public static IReadOnlyList<LevelText> All { get; } =
        [.. LevelSettings.Rows.SelectMany(row => Enumerable.Range(1, 3).Select(level => new LevelText(level, row)))];

    /// <value>1 per turn, 2 per ten turns, 3 whole.</value>
    public int Level { get; }

    /// <value>The key in a file.</value>
    public string Name => _setting.Name;

    /// <value>Whether it names the models.</value>
    public bool IsModels => Name == "models";

    /// <value><c>STRATA_L1</c> for the models, <c>STRATA_L1_MAX_TOKENS</c> for another.</value>
    public string Variable => FormattableString.Invariant($"STRATA_L{Level}") + (IsModels ? "" : "_" + Name.ToUpperInvariant());

    /// <value><c>--l1</c> for the models, <c>--l1-max-tokens</c> for another.</value>
    public string Option => FormattableString.Invariant($"--l{Level}") + (IsModels ? "" : "-" + Name.Replace('_', '-'));

    /// <summary><paramref name="settings"/> with this one set from its text.</summary>
    /// <exception cref="SettingsException">The text is not allowed; the message begins with <paramref name="where"/>.</exception>
    public StrataSettings Set(StrataSettings settings, string text, string where)
    {
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            return settings.WithLevel(Level, own => _setting.Set(own, text));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new SettingsException($"{where}: {e.Message}", e);
        }
    }
}

namespace Strata.Settings.Blocks;

/// <summary>A key of a block.</summary>
/// <param name="Name">As that program spells it.</param>
/// <param name="Means">The setting that it becomes, for the documentation.</param>
/// <param name="Set">A <see cref="FormatException"/> says what is allowed.</param>
internal sealed record BlockKey(string Name, string Means, Func<StrataSettings, string, StrataSettings> Set)
{
    /// <summary>The same key, or one of another name, with the same values.</summary>
    public static BlockKey As(string name, string? setting = null)
    {
        var row = SettingTable.Find(setting ?? name)!;
        return new(name, row.Name, (settings, text) => settings.With(row.Name, row.Read(text)));
    }
}

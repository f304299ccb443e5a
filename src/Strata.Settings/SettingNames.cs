namespace Strata.Settings;

/// <summary>
/// How one name is spelled in different places. <c>max_cost</c>, <c>MaxCost</c>, <c>max-cost</c> and <c>maxCost</c> are one key.
/// </summary>
internal static class SettingNames
{
    /// <summary>The name that <paramref name="typed"/> means; null when it means none.</summary>
    public static string? Find(string typed, IEnumerable<string> known) =>
        known.FirstOrDefault(name => string.Equals(Plain(name), Plain(typed), StringComparison.Ordinal));

    /// <summary>As JSON files of .NET spell it: <c>MaxCost</c>.</summary>
    public static string Pascal(string name) =>
        string.Concat(name.Split('_').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]));

    private static string Plain(string name) => string.Concat(name.Where(static c => c is not ('_' or '-'))).ToLowerInvariant();
}

using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Facts.Manifests;
using Strata.Text;

namespace Strata.LevelZero;

/// <summary>How the entry of a file stands in a summary, and how it is read back.</summary>
/// <remarks><c>path (Read ×2, Edit; edited; added Parse; removed Scan; about leap years)</c>: what is not known is left out.</remarks>
internal static partial class FileLine
{
    public static string Write(FileEntry file, string root)
    {
        var uses = string.Join(
            ", ", file.Uses.Select(use =>
                use.Times == 1 ? use.Tool : string.Create(CultureInfo.InvariantCulture, $"{use.Tool} ×{use.Times}")));
        var state = file.State switch { FileState.Created => "; created", FileState.Edited => "; edited", _ => "" };
        var changes = Names("added", file.Changes?.Added) + Names("removed", file.Changes?.Removed);
        var about = file.About is { } words ? $"; about {words}" : "";
        return $"{OneLine.Of(CommonRoot.Shorten(file.Path, root))} ({uses}{state}{changes}{about})";
    }

    /// <summary>Null when the entry is not of a file.</summary>
    public static FileEntry? Read(string entry, string root)
    {
        var match = Form().Match(entry);
        if (!match.Success)
            return null;
        var path = match.Groups["path"].Value;
        if (root.Length > 0 && path[0] is not ('/' or '~'))
            path = path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : root + path;
        var state =
            match.Groups["state"].Value switch { "created" => FileState.Created, "edited" => FileState.Edited, _ => FileState.Seen };
        var (added, removed) = (List(match.Groups["added"]), List(match.Groups["removed"]));
        return new FileEntry(path, [.. List(match.Groups["uses"]).Select(Use)], state, -1)
        {
            Changes = added.Length + removed.Length > 0 ? new FileChanges(added, removed) : null,
            About = match.Groups["about"] is { Success: true } about ? about.Value : null,
        };
    }

    private static string Names(string verb, IReadOnlyList<string>? names) =>
        names is { Count: > 0 } ? $"; {verb} {string.Join(", ", names)}" : "";

    private static string[] List(Group group) => group.Value.Split(", ", StringSplitOptions.RemoveEmptyEntries);

    private static ToolUse Use(string use)
    {
        var times = use.LastIndexOf(" ×", StringComparison.Ordinal);
        return times > 0 && int.TryParse(use.AsSpan(times + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? new ToolUse(use[..times], count)
            : new ToolUse(use, 1);
    }

    [GeneratedRegex(
        @"\A(?<path>.+) \((?<uses>[^();]*)(?:; (?<state>edited"
            + @"|created))?(?:; added (?<added>[^();]*))?(?:; removed (?<removed>[^();]*))?(?:; about (?<about>[^();]*))?\)\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Form();
}

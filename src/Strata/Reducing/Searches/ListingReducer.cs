using System.Text.RegularExpressions;
using Strata.Reducing.Code;

namespace Strata.Reducing.Searches;

/// <summary>
/// Names of files: lists of paths by folder with counts by extension and the path in front said once; <c>ls -l</c>, <c>tree</c> and <c>git status</c> with the first
/// of many alike. A name that has no like in its folder stays.
/// </summary>
internal sealed partial class ListingReducer : IReducer
{
    private const int SmallestListing = 1_500;
    private const int FewestEntries = 12;

    public string Kind => "listing";

    public string? Reduce(ToolOutput output, int maxChars)
    {
        if (output.Text.Length < SmallestListing || Told(output) is not { } isListing)
            return null;
        var lines = new TextLines(output.Text);
        if (PathList.Parse(lines) is { } paths)
            return paths.Count < FewestEntries ? null : paths.Write(maxChars);
        return isListing && EntryList.Rank(lines) is { } entries ? entries.Write(maxChars) : null;
    }

    // Null: the call is known to do something else.
    private static bool? Told(ToolOutput output)
    {
        if (output.Command is { } command)
            return ListCommand().IsMatch(command[..Math.Min(command.Length, SourceText.LongestLine)]) ? true : null;
        if (output.Tool is not { } tool)
            return false;
        return ListTool().IsMatch(tool) ? true : FileTool().IsMatch(tool) ? null : false;
    }

    [GeneratedRegex(@"(?:\A|&&|;|\|)\s*(?:ls|ll|dir|find|fd|tree|du|locate|git (?:-C \S+ )?(?:status|ls-files|ls-tree|diff [^|;&]*--name-|diff-tree|show [^|;&]*--name-)|rg (?:[^|;&]* )?(?:--files|-l)|grep (?:[^|;&]* )?-\w*[lL])\b(?![^|]*\|\s*xargs)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ListCommand();

    [GeneratedRegex(@"glob|\bls\b|list|tree|find|grep|search", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ListTool();

    [GeneratedRegex("read|view|edit|write|open", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileTool();
}

using System.Text.RegularExpressions;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Searches;

/// <summary>
/// Names of files: lists of paths by folder with counts by extension and the path in front said once; <c>ls -l</c>, <c>tree</c> and
/// <c>git status</c> with the first of many alike. A name that has no like in its folder stays.
/// </summary>
internal sealed partial class ListingReducer : IReducer
{
    private const int SmallestListing = 1_500;
    private const int FewestEntries = 12;

    public string Kind => "listing";

    public double Detect(ToolOutput output)
    {
        var (paths, entries) = Read(output);
        return paths is null && entries is null ? 0 : Told(output) is true ? .75 : .6;
    }

    public string? Reduce(ToolOutput output, int maxChars)
    {
        var (paths, entries) = Read(output);
        return output.Smaller(paths?.Write(maxChars) ?? entries?.Write(maxChars), maxChars);
    }

    private static (PathList? Paths, RankedLines? Entries) Read(ToolOutput output)
    {
        if (output.Text.Length < SmallestListing || Told(output) is not { } isListing)
            return default;
        if (PathList.Parse(output.Lines) is { } paths)
            return (paths.Count < FewestEntries ? null : paths, null);
        return (null, isListing ? EntryList.Rank(output.Lines) : null);
    }

    // Null: the call is known to do something else.
    private static bool? Told(ToolOutput output)
    {
        if (output.Command is { } command)
            return ListCommand().IsMatch(command[..Math.Min(command.Length, SourceLines.LongestLine)]) ? true : null;
        if (output.Tool is not { } tool)
            return false;
        return ListTool().IsMatch(tool) ? true : FileTool().IsMatch(tool) ? null : false;
    }

    [GeneratedRegex(@"(?:\A|&&|;|\|)\s*(?:ls|ll|dir|find|fd|tree|du|locate|git (?:-C \S+ )?(?:status|ls-files|ls-tree|diff [^|;&]*--name-"
        + @"|diff-tree|show [^|;&]*--name-)|rg (?:[^|;&]* )?(?:--files|-l)|grep (?:[^|;&]* )?-\w*[lL])\b(?![^|]*\|\s*xargs)",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ListCommand();

    [GeneratedRegex(@"glob|\bls\b|list|tree|find|grep|search", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ListTool();

    [GeneratedRegex("read|view|edit|write|open", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileTool();
}

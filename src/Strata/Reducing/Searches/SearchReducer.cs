using System.Text.RegularExpressions;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Searches;

/// <summary>
/// Hits of a search by file: the definition, the errors and the odd ones first, one of each form, the rest by their line numbers.
/// </summary>
internal sealed partial class SearchReducer : IReducer
{
    // A shorter one is read as it is.
    private const int SmallestSearch = 1_000;

    // Measured on code searches: with a third left, all but repetitions and context is still there.
    private const double NaturalShare = .36;

    public string Kind => "search";

    public double Detect(ToolOutput output) => Read(output) is null ? 0 : Told(output) is true ? .8 : .65;

    public string? Reduce(ToolOutput output, int maxChars)
    {
        if (Read(output) is not { } search)
            return null;
        var natural = (int)Math.Min(maxChars, output.Text.Length * NaturalShare);
        return output.Smaller(new SearchWriter(search, SearchRanking.Rank(search)).Write(natural, maxChars), maxChars);
    }

    private static SearchOutput? Read(ToolOutput output)
    {
        if (output.Text.Length < SmallestSearch || Told(output) is not { } isSearch)
            return null;
        var search = SearchOutput.Parse(output.Lines, isSearch);
        return search is null || search.Remarks.Exists(line => SearchWriter.IsNote(output.Lines[line])) ? null : search;
    }

    // Compilers print places too: what a known command printed that does not search is not for us. Null: it is no search.
    private static bool? Told(ToolOutput output)
    {
        if (output.Command is { } command)
            return SearchCommand().IsMatch(command[..Math.Min(command.Length, SourceLines.LongestLine)]) ? true : null;
        if (output.Tool is not { } tool)
            return false;
        return SearchTool().IsMatch(tool) ? true : ReadTool().IsMatch(tool) ? null : false;
    }

    [GeneratedRegex(@"(?:\A|[|;&(]\s*|\s)(?:[efz]?grep|rg|ripgrep|ag|ack|ugrep|findstr|Select-String|search_\w+|find_\w+)\s",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SearchCommand();

    [GeneratedRegex(
        "grep|search|find|references", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SearchTool();

    [GeneratedRegex("read|view|cat|open|edit|write|diagnostic|build|lint|test", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReadTool();
}

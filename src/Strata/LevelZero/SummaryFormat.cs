using System.Buffers;
using System.Text.RegularExpressions;
using Strata.Transcripts;

namespace Strata.LevelZero;

/// <summary>
/// How a summary is laid out, so that it can be read back. Tags and labels stand at the margin; all content stands behind <c>"- "</c> or
/// two blanks, so no content can pass for a tag or a label.
/// </summary>
internal static partial class SummaryFormat
{
    public const string FirstRequest = "First request:";
    public const string Requests = "Requests (user):";
    public const string LastWords = "Last words (assistant):";
    public const string Tasks = "Tasks (to-do list):";
    public const string Commits = "Commits:";
    public const string Said = "Said (oldest first):";
    public const string Reported = "Reported (assistant):";
    public const string Earlier = "From an earlier summary:";
    public const string Files = "Files:";
    public const string FilesUnder = "Files under ";
    public const string Commands = "Commands:";
    public const string Findings = "Lines naming errors, read or printed last (no failures):";
    public const string Rules = "Rules (user):";
    public const string Facts = "Facts (user):";
    public const string Errors = "Errors (tool output):";
    public const string OtherNames = "Other names:";

    public const string Entry = "- ";
    public const string Line = "  ";

    /// <summary>Begins a line of names below a file: two words that stood beside them, then the names.</summary>
    public const string Topic = "~ ";

    // From here on an entry has more behind it than it says, and the dozen tokens of a handle are well spent.
    public const int WorthAHandle = 160;

    /// <summary>The four sections in their order, each with the labels it may hold.</summary>
    public static readonly (string Tag, string[] Labels)[] Sections =
    [
        ("current_task", [Tasks, FirstRequest, Requests, LastWords]),
        ("completed", [Commits, Said, Reported, Earlier]),
        ("code_state", [Files, Commands, Findings, OtherNames]),
        ("important", [Rules, Facts, Errors]),
    ];

    /// <summary>
    /// Content that cannot be taken for one of our tags, nor stand at the margin, whatever a reader takes for the end of a line.
    /// </summary>
    public static string Escape(string content)
    {
        if (content.AsSpan().ContainsAny(LineEnds))
            content = LineEnd().Replace(content, " ");
        return content.Contains('<', StringComparison.Ordinal) ? TagLookAlike().Replace(content, "‹") : content;
    }

    private static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\v\f\u0085\u2028\u2029");

    [GeneratedRegex(@"[\r\v\f\u0085\u2028\u2029]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex LineEnd();

    public static string WithHandle(string entry, Handle? handle) => handle is { } place ? $"{entry} [recall {place}]" : entry;

    /// <summary>An entry without the place it may end in.</summary>
    public static (string Text, Handle? Handle) SplitHandle(string entry)
    {
        // " [recall " + 12 chars + "]"
        const string open = " [recall ";
        var start = entry.Length - open.Length - Handle.Length - 1;
        return start >= 0 && entry[^1] == ']' && entry.AsSpan(start).StartsWith(open) &&
            Handle.TryParse(entry.Substring(start + open.Length, Handle.Length), out var handle)
            ? (entry[..start], handle)
            : (entry, null);
    }

    [GeneratedRegex(@"<(?=\s{0,3}/?\s{0,3}(?:current_task|completed|code_state|important|history)\b)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TagLookAlike();
}

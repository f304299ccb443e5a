using System.Text.RegularExpressions;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Code;

/// <summary>
/// A file that was read: of code the signatures, constants, thrown messages and open ends, of a document its headings, of settings their
/// upper keys.
/// </summary>
/// <remarks>A part of a file that holds no definition was read for its lines, and is of no kind.</remarks>
internal sealed partial class FileReducer : IReducer
{
    // Below this a file is read as it is.
    private const int SmallestFile = 1_000;
    private const int MostFileNames = 4_000;

    public string Kind => "file";

    public double Detect(ToolOutput output) => Outline(output) is null ? 0 : LanguageOf(output) is null ? .6 : .7;

    public string? Reduce(ToolOutput output, int maxChars) => output.Smaller(Outline(output)?.Write(maxChars), maxChars);

    private static RankedLines? Outline(ToolOutput output)
    {
        if (output.Text.Length < SmallestFile || IsOther(output))
            return null;
        var lines = output.Lines;
        var language = LanguageOf(output) ?? (SourceLines.IsNumbered(lines) ? SourceLanguage.OfContent(lines) : null);
        if (language is null || WasReduced(lines))
            return null;
        var ranked = new RankedLines(lines) { SaysCalls = language.Kind == SourceKind.Code };
        var found = language.Kind switch
        {
            SourceKind.Document => DocumentOutline.Rank(lines, ranked),
            SourceKind.Settings => SettingsOutline.Rank(lines, ranked),
            _ => new CodeOutline(lines, ranked, language).Rank(),
        };
        return found ? ranked : null;
    }

    private static bool IsOther(ToolOutput output) =>
        (output.Tool is { } tool && OtherTool().IsMatch(tool)) || (output.Command is { } command && !ReadCommand().IsMatch(Start(command)));

    private static SourceLanguage? LanguageOf(ToolOutput output)
    {
        if (output.Path is { } path && SourceLanguage.OfPath(path) is { } known)
            return known;
        return output.Command is { } command && FileName().Match(Start(command)) is { Success: true } name
            ? SourceLanguage.OfPath(name.Value) : null;
    }

    private static bool WasReduced(TextLines lines)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (RankedLines.IsNote(lines[i]))
                return true;
        }

        return false;
    }

    private static string Start(string command) => command.Length <= MostFileNames ? command : command[..MostFileNames];

    [GeneratedRegex(
        "grep|search|find|glob|list|diff", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OtherTool();

    // What a program printed is not a file, whatever files it was given; a pipe into grep is a search.
    [GeneratedRegex(@"\A\s*(?:cd [^;&|\n]*(?:&&|;)\s*)?(?:(?:sudo\s+)?(?:cat|nl|bat|head|tail|less|more|type|Get-Content)\b[^"
        + @"|]*(?:\|\s*(?:cat|nl|head|tail)\b[^|]*)*|sed\s+-n\b[^|]*|git\s+show\s+\S+:\S+[^|]*|view|open|scroll\S*|goto)\z|\A\s*(?:view"
        + @"|open|goto|scroll_\w+)\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReadCommand();

    [GeneratedRegex(@"[\w./+@~:-]+\.[A-Za-z]{1,10}\b", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex FileName();
}

using System.Text;
using System.Text.RegularExpressions;
using Strata.Facts;
using Strata.Text;

namespace Strata.LevelZero;

/// <summary>What the form of a sentence or a line says about its worth, beside the names in it.</summary>
internal static partial class LineCues
{
    // A name says more where it is defined than where it is used, and less where the assistant only announces what it will look at.
    public const double DefinitionWeight = 2;
    public const double DefinitionBonus = 0.1;
    public const double WrittenBonus = 0.03;   // what the agent wrote is its work; what it read is there to be read again

    public const double AnswerBonus = 0.15;

    private const double PreambleWeight = 0.4;
    private const int LongestAnnouncement = 300;
    private const double ConclusionBonus = 0.25;
    private const double SentenceBase = 0.08;
    private const double EarlierBonus = 0.15;

    public static double SentenceBonus(string sentence, Speaker speaker)
    {
        if (speaker == Speaker.EarlierSummary)
            return SpokenCues.EndsAnAnnouncement(sentence) ? 0 : EarlierBonus;
        // "Now let me look at X:" announces; what came of it is said later.
        if (IsPreamble(sentence) || SpokenCues.EndsAQuestion(sentence))
            return 0;
        return Conclusion().IsMatch(sentence) || SpokenCues.Concludes(sentence) ? ConclusionBonus : SentenceBase;
    }

    // What an agent writes around its own summary is addressed to the model of that moment: carried on, it would be an order.
    public static bool IsAroundASummary(string line) =>
        line.StartsWith("This session is being continued", StringComparison.Ordinal)
        || line.StartsWith("The summary below covers", StringComparison.Ordinal)
        || line.StartsWith("The conversation is summarized below", StringComparison.Ordinal)
        || line.StartsWith("If you need specific details from before compaction", StringComparison.Ordinal)
        || line.StartsWith("Please continue the conversation from where", StringComparison.Ordinal)
        || line.StartsWith("Continue with the last task that you were asked", StringComparison.Ordinal);

    /// <summary>Whether a heading is of the task itself, or of what is still to be done.</summary>
    public static bool IsAboutWhatIsToDo(string heading) => ToDo().IsMatch(heading);

    // A heading that only names a file or a function. Scripts without blanks between words are not meant.
    public static bool IsBareName(string line) => !line.Contains(' ', StringComparison.Ordinal) && Ascii.IsValid(line);

    public static bool IsPreamble(string text) =>
        text.Length <= LongestAnnouncement
            && (SpokenCues.EndsAnAnnouncement(text) || Preamble().IsMatch(text) || SpokenCues.Announces(text));

    public static double WeightOf(double bonus) => bonus == 0 ? PreambleWeight : 1;

    // Tools that print files number the lines: "  12→" or "12" and a tab.
    public static ReadOnlySpan<char> WithoutNumber(ReadOnlySpan<char> line)
    {
        var i = 0;
        while (i < line.Length && line[i] == ' ')
            i++;
        var digits = i;
        while (i < line.Length && char.IsAsciiDigit(line[i]))
            i++;
        return i > digits && i < line.Length && line[i] is '→' or '\t' ? line[(i + 1)..] : line;
    }

    public static bool IsDefinition(string code) => Definition().IsMatch(code);

    public static bool IsImport(ReadOnlySpan<char> code) => Import().IsMatch(code);

    [GeneratedRegex(@"\b(?:requests?|intent|goals?|tasks?|pending|next|current work|remaining|open|to-?do|blocked|ziele?|aufgaben?|offen"
        + @"|objetivo|pendientes?)\b|任务|目标|待办|下一步", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ToDo();

    /// <summary>A line of a tree or a box: away from its drawing it says little.</summary>
    public static bool IsDrawing(ReadOnlySpan<char> line) => line.IndexOfAnyInRange('\u2500', '\u257F') >= 0;

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\A(?:(?:export|public|private|internal|protected|static|async|pub|abstract|sealed|final|override"
        + @"|virtual) )*(?:type \w+|func|def|class|interface|struct|enum|record|type|trait|impl|fn|module|namespace|package|function|const"
        + @"|CREATE TABLE)\b|\A(?:public|private|internal|protected)\b[^;=]{1,100}\(|\A(?://+|#+|/\*+) ", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Definition();

    // What a file imports is found by reading it, and says nothing about what was done.
    [GeneratedRegex(@"\A(?:(?:import|using|from|#include|package|use|require)\b|(?:\w+ )?[""'][\w./@-]+[""'],?\z)", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Import();

    [GeneratedRegex(@"\A\W*(?:now,? |ok(?:ay)?,? |good[,.] |great[,.!] |perfect[,.!] |first,? |next,? |also,? )*(?:let me|let's|i'll|i will"
        + @"|i need to|i'm going to|i should|now (?:add|update|let|i|check|fix|run)|lass mich|ich werde|jetzt|voy a|déjame|je vais|让我|现在)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Preamble();

    [GeneratedRegex(@"\b(?:because|therefore|since|so that|root cause|caused by|turns out|the (?:issue|problem|bug|reason|fix) (?:is|was)"
        + @"|fixed|resolved|works?|passes|passed|passing|failed|fails|failing|decided|decision|instead of|rather than|must|should"
        + @"|implemented|added|created|removed|renamed|changed|updated|moved|replaced|committed|pushed|complete[d]?|done|finished|verified"
        + @"|confirmed|remaining|still|blocked|unfixed|unresolved|pending|not (?:yet|done|fixed)|next steps?|ready (?:to|for)|offen|weil"
        + @"|ursache|behoben|gelöst|erledigt|verworfen|scheitert|bestehen|bestanden|entschieden|fertig|porque|corregido|parce que"
        + @"|corrigé)\b|因为|已|修复|完成|决定|ため|修正|完了", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Conclusion();
}

using Strata.Facts;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.LevelZero.Reading;

/// <summary>Reads what was said into sentences that may enter a summary.</summary>
internal sealed class ProseReader(Notebook notebook)
{
    private const int ShortestSentence = 25;
    private const int SaysSomething = 45;   // without a name in it
    private const int LongestSentence = 300;

    // Of what another agent summed up, the task and what was next say more than what was found on the way.
    private const double ToDoFactor = 1.5;

    // What another agent reports is all that is left of its work: how it begins and how it ends say what was asked and found.
    private const double EndsOfReport = 0.9;
    private const double InReport = 0.35;
    private const int ShortestOfReport = 12;

    public void Read(string text, Speaker speaker, MessageGroup group, List<Candidate> into) =>
        Read(text, speaker, group, into, isReport: false);

    /// <summary>Reads the report of a sub-agent, the result of the call that gave it work.</summary>
    public void ReadReport(string text, MessageGroup group, List<Candidate> into)
    {
        var first = into.Count;
        Read(InjectedText.Strip(text), Speaker.Assistant, group, into, isReport: true);
        for (var i = first; i < into.Count; i++)
            into[i] =
                into[i] with { Bonus = i == first || i == into.Count - 1 ? EndsOfReport : Math.Max(into[i].Bonus, InReport), Weight = 1 };
    }

    private void Read(string text, Speaker speaker, MessageGroup group, List<Candidate> into, bool isReport)
    {
        var source = notebook.Open(text, speaker, group);
        var head = TextPart.Head(text, TextPart.LongestMessage);
        var start = 0;
        var headings = new ItemHeadings(text);
        foreach (var range in SentenceSplitter.Split(text.AsSpan(0, head)))
        {
            var (from, length) = range.GetOffsetAndLength(head);
            // Fenced code between sentences holds names too.
            if (from > start)
                notebook.Note(source, start, from - start);
            var names = notebook.Note(source, from, length);
            start = from + length;
            var width = TextWidth.Of(text.AsSpan(from, length));
            headings.MoveTo(from);
            if (width < (isReport ? ShortestOfReport : ShortestSentence))
                continue;
            var line = OneLine.Of(text.AsSpan(from, length), LongestSentence);
            if (LineCues.IsBareName(line)
                || (speaker == Speaker.EarlierSummary ? LineCues.IsAroundASummary(line) : !isReport && LineCues.IsPreamble(line)))
                continue;
            var bonus = LineCues.SentenceBonus(line, speaker);
            if (speaker == Speaker.EarlierSummary && headings.AnyAbove(LineCues.IsAboutWhatIsToDo))
                bonus *= ToDoFactor;
            if (headings.HeadingOf(from, length) is { } heading)
                line = $"{heading}: {line}";
            if ((names.Length > 0 || (bonus > 0 && width > SaysSomething)) && notebook.IsNew(line))
                into.Add(new Candidate(line, names, bonus, LineCues.WeightOf(bonus), notebook.NextOrder(), group.Handle, null));
        }

        if (start < head)
            notebook.Note(source, start, head - start);
    }

    /// <summary>Carries on sentences that an earlier summary held, as they are.</summary>
    public void Carry(IEnumerable<SummaryEntry> entries, Speaker speaker, MessageGroup group, List<Candidate> into)
    {
        foreach (var entry in entries)
        {
            var text = OneLine.Cut(entry.Text, LongestSentence);
            var names = notebook.NoteAll(text, speaker, group);
            if (notebook.IsNew(text))
                into.Add(new Candidate(text, names, LineCues.SentenceBonus(text, speaker), 1, notebook.NextOrder(), entry.Handle, null));
        }
    }
}

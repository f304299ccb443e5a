using System.Text;
using Strata.Facts.Dialogues;

namespace Strata.LevelZero.Sections;

/// <summary>What was said in a dialogue, chosen and in order, under the days it was said.</summary>
internal static class DialogueSection
{
    /// <summary>Of a summary whose newer part is no talk.</summary>
    public const double CarriedShare = 0.15;

    private const int LeastTokens = 24;
    private const int LabelTokens = 12;
    private const int TagTokens = 10;   // of the section around the label

    // Passages behind the last that fits that may still fill the rest.
    private const int MostTries = 24;

    public static void Add(SummaryPage page, Dialogue dialogue, int room)
    {
        room -= page.Counter.Count(SummaryFormat.Said) + TagTokens;
        if (room < LeastTokens)
            return;
        var passages = dialogue.IsMeeting ? MeetingSelector.Choose(dialogue, room) : UtteranceSelector.Choose(dialogue, room);
        // The label may be longer in the conversation's language.
        for (var isAdded = false; !isAdded && room >= LeastTokens; room -= LabelTokens)
        {
            var most = room;
            var block = Fitted(passages, dialogue.IsMeeting, text => page.Counter.CountUpTo(text, most) < most);
            isAdded = block.Length == 0 || page.Add(SummaryFormat.Said, (0, 0), block[SummaryFormat.Entry.Length..], ref most);
        }
    }

    private static string Fitted(List<Passage> passages, bool joins, Func<string, bool> fits)
    {
        var (least, most) = (0, passages.Count);
        while (least < most)
        {
            var middle = (least + most + 1) / 2;
            if (fits(LaidOut(passages.Take(middle), joins)))
                least = middle;
            else
                most = middle - 1;
        }

        var chosen = passages.Take(least).ToList();
        for (var i = least + 1; i < passages.Count && i <= least + MostTries; i++)
        {
            chosen.Add(passages[i]);
            if (!fits(LaidOut(chosen, joins)))
                chosen.RemoveAt(chosen.Count - 1);
        }

        return LaidOut(chosen, joins);
    }

    private static string LaidOut(IEnumerable<Passage> passages, bool joins)
    {
        var text = new StringBuilder();
        Passage? last = null;
        foreach (var passage in passages.OrderBy(passage => passage.Order))
        {
            var isSameDay = last is { Date: { } day } && day == passage.Date;
            if (joins && last is { } before && before.Speaker == passage.Speaker && before.Date == passage.Date)
            {
                text.Append(char.IsLetterOrDigit(text[^1]) ? ". " : " ").Append(passage.Text);
                last = passage;
                continue;
            }

            if (last is not null)
                text.Append('\n');
            text.Append(isSameDay ? SummaryFormat.Line : SummaryFormat.Entry);
            if (!isSameDay && passage.Date is { } date)
                text.Append('[').Append(DateText.Of(date)).Append("] ");
            text.Append(passage.Speaker).Append(": ").Append(passage.Text);
            last = passage;
        }

        return text.ToString();
    }
}

namespace Strata.Formats.Codex;

/// <summary>
/// Replays a rollout as Codex does when it resumes: items add up, a compaction replaces what came before, going back drops turns.
/// </summary>
internal static class CodexReplay
{
    /// <summary>
    /// After a compaction without a replacement Codex keeps the user's own messages, newest first, up to 20 000 tokens of 4 bytes.
    /// </summary>
    private const int KeptUserText = 20_000 * 4;

    /// <summary>The lines that make up the live conversation, ascending.</summary>
    public static List<int> Live(IReadOnlyList<CodexLine> lines)
    {
        var live = new List<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            switch (lines[i].Kind)
            {
                case CodexLineKind.Item:
                    live.Add(i);
                    break;
                case CodexLineKind.Compacted:
                    live = lines[i].HasReplacement ? [] : KeepUserMessages(lines, live);
                    if (!lines[i].IsEmpty)
                        live.Add(i);
                    break;
                case CodexLineKind.RolledBack:
                    DropTurns(lines, live, lines[i].Turns);
                    break;
            }
        }

        return live;
    }

    private static List<int> KeepUserMessages(IReadOnlyList<CodexLine> lines, List<int> live)
    {
        var kept = new List<int>();
        var left = KeptUserText;
        for (var i = live.Count - 1; i >= 0 && left > 0; i--)
        {
            if (!lines[live[i]].IsUserTurn)
                continue;
            kept.Add(live[i]);
            left -= lines[live[i]].TextLength;
        }

        kept.Reverse();
        return kept;
    }

    private static void DropTurns(IReadOnlyList<CodexLine> lines, List<int> live, int turns)
    {
        var starts = new List<int>();
        for (var i = 0; i < live.Count; i++)
        {
            if (lines[live[i]].IsUserTurn || lines[live[i]].Kind == CodexLineKind.Compacted)
                starts.Add(i);
        }

        if (starts.Count == 0 || turns <= 0)
            return;
        var cut = starts[Math.Max(0, starts.Count - turns)];
        live.RemoveRange(cut, live.Count - cut);
    }
}

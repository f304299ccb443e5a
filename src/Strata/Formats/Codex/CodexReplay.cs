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

    /// <summary>What the lines record of requests since the conversation was last compacted or taken back.</summary>
    public static IReadOnlyList<RecordedInput> Recorded(IReadOnlyList<CodexLine> lines, List<int> live)
    {
        var records = new List<RecordedInput>();
        var message = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            while (message + 1 < live.Count && live[message + 1] <= i)
                message++;
            if (lines[i].Kind is CodexLineKind.Compacted or CodexLineKind.RolledBack)
                records.Clear();
            else if (message >= 0 && lines[i].InputTokens > 0)
                records.Add(new RecordedInput(message, lines[i].InputTokens));
        }

        return records;
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

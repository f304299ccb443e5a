using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Planning.Hierarchy;

/// <summary>What level 1 summarizes: a turn, or a piece of a long one.</summary>
/// <param name="FirstGroup">Index of its first group.</param>
/// <param name="EndGroup">One past the index of its last group.</param>
/// <param name="Tokens">Of its groups.</param>
/// <param name="IsOpen">Whether what comes next may still belong to it.</param>
internal readonly record struct Segment(int FirstGroup, int EndGroup, int Tokens, bool IsOpen);

/// <summary>
/// Divides a transcript into segments. Where one ends depends on nothing after it, so a growing conversation keeps those it had.
/// </summary>
internal static class Segments
{
    public static List<Segment> Of(Transcript transcript, TokenMap tokens, int pieceTokens)
    {
        var segments = new List<Segment>();
        for (var t = 0; t < transcript.Turns.Count; t++)
        {
            var turn = transcript.Turns[t];
            var (first, sum) = (turn.FirstGroup, 0);
            for (var g = turn.FirstGroup; g < turn.EndGroup; g++)
            {
                if (transcript.Groups[g].Kind is GroupKind.System or GroupKind.Summary)
                {
                    Close(g);
                    first = g + 1;
                    continue;
                }

                var own = tokens.OfGroup(g);
                if (sum > 0 && sum + own > pieceTokens)
                    Close(g);
                sum += own;
            }

            if (first < turn.EndGroup)
                segments.Add(new Segment(first, turn.EndGroup, sum, t == transcript.Turns.Count - 1));

            void Close(int end)
            {
                if (end > first)
                    segments.Add(new Segment(first, end, sum, IsOpen: false));
                (first, sum) = (end, 0);
            }
        }

        return segments;
    }
}

using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Planning;
using Strata.Reducing.Shortening;
using Strata.Transcripts;

namespace Strata;

/// <summary>Finds all handles under which a compaction's originals may be asked for.</summary>
internal static class HandleBook
{
    public static IReadOnlyList<ArchivedHandle> Of(CompactionResult result, Transcript transcript)
    {
        var made = result.Outgoing.Where(message => !ReceiptBuilder.IsSource(message, transcript)).ToList();
        var named = made.SelectMany(message => NamedHandles.In(message.Message)).ToHashSet();
        var handles = result.Plan!.Decisions
            .Select(decision => (Group: transcript.Groups[decision.Group], decision.Action))
            // a rule may name the message that it was said in, which stays
            .Where(decided => decided.Action != GroupAction.Keep || named.Contains(decided.Group.Handle))
            .Select(decided => new ArchivedHandle(decided.Group.Handle, decided.Group.MessageIndexes))
            .ToList();
        foreach (var message in made.Where(message => message.SourceIndex >= 0))
        {
            foreach (var (handle, index, now) in ReceiptBuilder.CutContents(message, transcript))
            {
                handles.Add(new ArchivedHandle(handle, [message.SourceIndex], index));
                if (now is not null && MarkerOf(now) is { } marked && marked != handle)
                    handles.Add(new ArchivedHandle(marked, [message.SourceIndex], index));
            }
        }

        return handles;
    }

    // A text that held a marker keeps the handle in it: that of an earlier compaction, or one that it only quoted.
    private static Handle? MarkerOf(AIContent content) => MessageText.Of(content) is not { } text ? null
        : content is FunctionCallContent ? CutMarker.OnlyHandle(text)
        : CutMarker.Parse(text)?.Handle;
}

using System.Buffers.Binary;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Formats.Json;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata;

/// <summary>Writes down what a compaction did.</summary>
internal static class ReceiptBuilder
{
    public static CompactionReceipt Build(
        int before, CarriedOut carried, Transcript transcript, string? model, string? agentId, CallUsage usage, DateTimeOffset at)
    {
        var result = carried.Outgoing.Aggregate(Fingerprint.Empty, (prefix, message) => prefix.Then(FingerprintOf(message, transcript)));
        return new CompactionReceipt
        {
            Id = IdOf(transcript.Fingerprint, result, at),
            Source = transcript.Fingerprint,
            Result = result,
            At = at,
            Strategy = carried.Plan.Strategy,
            Model = model,
            AgentId = agentId,
            TokensBefore = before,
            TokensAfter = carried.Plan.TokensAfter,
            Rungs = carried.Plan.RungsTaken,
            Cuts = Cuts(carried, transcript),
            WrittenBy = [.. carried.Summaries.Select(summary => summary.WrittenBy)],
            Usage = usage,
            Nodes = [.. carried.Summaries.SelectMany(summary => summary.Nodes)],
        };
    }

    /// <summary>The name of an outgoing message; that of its source where it is the source.</summary>
    public static Fingerprint FingerprintOf(OutgoingMessage message, Transcript transcript) => IsSource(message, transcript)
        ? transcript.MessageFingerprint(message.SourceIndex)
        : CanonicalContent.Of(message.Message);

    public static bool IsSource(OutgoingMessage message, Transcript transcript) =>
        message.SourceIndex >= 0 && ReferenceEquals(message.Message, transcript.Messages[message.SourceIndex]);

    private static IReadOnlyList<Cut> Cuts(CarriedOut carried, Transcript transcript)
    {
        var shortened = carried.Outgoing
            .Where(message => message.SourceIndex >= 0 && !IsSource(message, transcript))
            .ToLookup(message => transcript.GroupOfMessage[message.SourceIndex]);
        return
        [
            .. from decision in carried.Plan.Decisions
               where decision.Action != GroupAction.Keep
               select new Cut(
                   transcript.Groups[decision.Group].Handle, decision.Action, decision.Reason, decision.TokensBefore, decision.TokensAfter)
               {
                   Contents = [.. shortened[decision.Group].SelectMany(message => CutContents(message, transcript))
                       .Where(cut => cut.Now is not null).Select(cut => cut.Handle).Distinct()],
               },
        ];
    }

    /// <summary>
    /// The contents of a message that are not what they were, with their places in it and what stands there instead; null where nothing
    /// does.
    /// </summary>
    public static IEnumerable<(Handle Handle, int ContentIndex, AIContent? Now)> CutContents(OutgoingMessage message, Transcript transcript)
    {
        var source = transcript.Messages[message.SourceIndex].Contents;
        var now = ContentAlignment.Align(source, message.Message.Contents);
        for (var i = 0; i < source.Count; i++)
        {
            if (!ReferenceEquals(source[i], now[i]))
                yield return (ContentHandle.HandleOf(source[i]), i, now[i]);
        }
    }

    private static string IdOf(Fingerprint source, Fingerprint result, DateTimeOffset at)
    {
        Span<byte> bytes = stackalloc byte[40];
        source.Write(bytes);
        result.Write(bytes[16..]);
        BinaryPrimitives.WriteInt64BigEndian(bytes[32..], at.UtcTicks);
        return Handle.Of(Fingerprint.Of(bytes)).ToString();
    }
}

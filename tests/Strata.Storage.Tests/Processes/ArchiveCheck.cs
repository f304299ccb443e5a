using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Transcripts;

namespace Strata.Storage.Tests.Processes;

/// <summary>Holds an archive against what its children acknowledged.</summary>
internal static class ArchiveCheck
{
    private static readonly ArchiveCodec Codec = new();

    public static IReadOnlyList<ArchivedMessage> Named(IReadOnlyList<ChatMessage> messages)
    {
        var transcript = Transcript.Create(messages);
        return [.. messages.Select((message, i) => new ArchivedMessage(transcript.MessageFingerprint(i), message))];
    }

    /// <summary>What of an acknowledgement does not hold; null when all does.</summary>
    public static async Task<string?> FaultOfAsync(IArchive archive, string acknowledged, CancellationToken cancellationToken)
    {
        var parts = acknowledged.Split(' ');
        var number = int.Parse(parts[1], CultureInfo.InvariantCulture);
        var messages = Named(MadeUp.Conversation(number));
        var originals = await archive.ReadAsync([.. messages.Select(message => message.Fingerprint)], cancellationToken);
        for (var i = 0; i < messages.Count; i++)
        {
            if (originals[i] is not { } original)
                return $"{acknowledged}: message {i} is lost";
            if (!Codec.Encode(original.Message).Json.Span.SequenceEqual(Codec.Encode(messages[i].Message).Json.Span))
                return $"{acknowledged}: message {i} is not what it was";
        }

        if (parts[0] == "compacted")
            return await FaultOfReceiptAsync(archive, parts[2], messages, cancellationToken) is { } fault ? $"{acknowledged}: {fault}"
                : null;
        var log = (await archive.ReadLogAsync(ArchiveChild.SessionOf(number), cancellationToken: cancellationToken))
            .Select(message => Named([message])[0].Fingerprint).ToList();
        return Enumerable.Range(0, Math.Max(0, log.Count - messages.Count + 1))
            .Any(at => log.Skip(at).Take(messages.Count).SequenceEqual(messages.Select(message => message.Fingerprint)))
            ? null
            : $"{acknowledged}: not in the log";
    }

    /// <summary>What is wrong with a log that several writers appended to; null when nothing is.</summary>
    public static async Task<string?> FaultOfLogAsync(
        IArchive archive, string session, int writers, int count, CancellationToken cancellationToken)
    {
        var log = new WrittenLog(session);
        await log.ReadOnAsync(archive, cancellationToken);
        return log.FaultOf(new Dictionary<string, int>())
            ?? (log.Written.Count == writers && log.Written.Values.All(written => written == count)
            ? null
            : $"{log.Written.Values.Sum()} of {writers * count} messages are there");
    }

    private static async Task<string?> FaultOfReceiptAsync(
        IArchive archive, string id, IReadOnlyList<ArchivedMessage> messages, CancellationToken cancellationToken)
    {
        if (await archive.FindReceiptAsync(id, cancellationToken) is not { } receipt)
            return "the receipt is lost";
        if (!receipt.Before.SequenceEqual(messages.Select(message => message.Fingerprint)))
            return "the receipt lists other messages";
        foreach (var cut in receipt.Receipt.Cuts)
        {
            if (!(await archive.FindHandleAsync(cut.Handle, cancellationToken)).Any(place => place.ReceiptId == id))
                return $"the handle {cut.Handle} leads nowhere";
        }

        return null;
    }
}

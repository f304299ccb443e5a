using Strata.Cli.Files;
using Strata.Formats;
using Strata.Models;
using Strata.Transcripts;

namespace Strata.Cli.Archives;

/// <summary>
/// What the model thought after a compaction is bound to the compacted messages. Behind the restored ones its vendor would refuse it.
/// </summary>
internal static class ReasoningSince
{
    /// <summary>The restored session without it.</summary>
    /// <param name="restored">The restored session, with its bytes.</param>
    /// <param name="before">How many of its first messages stand as they were when the oldest of the compactions took them.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async ValueTask<RestoredSession> LeaveOutAsync(
        RestoredSession restored, int before, CancellationToken cancellationToken)
    {
        var (file, document) = (restored.File, restored.File.Document);
        var signed = document.Messages.Skip(before).Count(SignedReasoning.IsIn);
        if (signed == 0 || !ModelCatalogue.Default.Find(document.Model).BindsReasoning(document.SignedBy))
            return restored;
        var outgoing = document.Messages
            .Select((message, i) => (Message: i < before ? message : SignedReasoning.Without(message), Index: i))
            .Where(message => message.Message is not null)
            .Select(message => new OutgoingMessage(message.Message!, message.Index));
        using var written = new MemoryStream();
        await file.Format.WriteAsync(document, [.. outgoing], written, cancellationToken).ConfigureAwait(false);
        var whole = await SessionFile.ReadAsync(file.Name, file.Format, written.ToArray(), cancellationToken).ConfigureAwait(false);
        return restored with { File = whole, SignedSince = signed, IsDocument = false };
    }
}

using Strata.Archives.Recalling;
using Strata.Transcripts;

namespace Strata.Archives.Undoing;

/// <summary>A conversation that is being put together from what stands and what the archive holds.</summary>
internal sealed class Restoration
{
    private readonly List<(Fingerprint Name, OutgoingMessage? Standing)> _messages = [];

    public void Keep(OutgoingMessage standing) => _messages.Add((default, standing));

    public void Restore(Fingerprint name) => _messages.Add((name, null));

    public async ValueTask<UndoneConversation> FinishAsync(
        IArchive archive, IReadOnlyList<ArchivedReceipt> links, bool wasEdited, CancellationToken cancellationToken)
    {
        var originals = await RequiredOriginals.ReadAsync(
            archive, [.. _messages.Where(message => message.Standing is null).Select(message => message.Name)], cancellationToken)
            .ConfigureAwait(false);
        var next = 0;
        List<OutgoingMessage> outgoing =
            [.. _messages.Select(message => message.Standing ?? new OutgoingMessage(originals[next++].Message, -1))];
        return new UndoneConversation
        {
            Messages = [.. outgoing.Select(message => message.Message)],
            Outgoing = outgoing,
            ReceiptIds = [.. links.Reverse().Where(link => link.UndoneAt is null).Select(link => link.Receipt.Id)],
            SessionId = links[^1].SessionId,
            MessagesRestored = originals.Count,
            SecretsRedacted = originals.Sum(original => original.SecretsRedacted),
            WasEdited = wasEdited,
        };
    }
}

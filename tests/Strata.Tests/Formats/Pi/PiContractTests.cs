using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;

namespace Strata.Tests.Formats.Pi;

public sealed class PiContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => SessionFormats.Find("pi")!;

    protected override IReadOnlyList<string> Fixtures => ["pi.jsonl", "pi-compacted.jsonl", "pi-version1.jsonl"];

    protected override IReadOnlyList<OutgoingMessage> PutFirst(SessionDocument document, OutgoingMessage message) =>
        document.Messages[0].Text.Contains("was compacted into", StringComparison.Ordinal)
            ? [.. Unchanged(document).Take(1), message, .. Unchanged(document).Skip(1)]
            : base.PutFirst(document, message);

    [Fact]
    public async Task WriteAsync_NewMessageBeforeTheAgentsOwnSummary_IsNotLost()
    {
        var document = await ReadAsync(SessionFixture.Bytes("pi-compacted.jsonl"));
        var note = new OutgoingMessage(new ChatMessage(ChatRole.User, "A note."), -1);
        var again = await ReadAsync(await WriteAsync(document, [note, .. Unchanged(document)]));
        again.Messages.Count.ShouldBe(document.Messages.Count + 1);
        again.Messages[1].Text.ShouldBe("A note.");
    }
}

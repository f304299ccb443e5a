using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;

namespace Strata.Tests.Formats.Codex;

public sealed class CodexContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => SessionFormats.Find("codex")!;

    protected override IReadOnlyList<string> Fixtures =>
        ["codex.jsonl", "codex-compacted.jsonl", "codex-replaced.jsonl", "codex-bare.jsonl"];

    protected override IReadOnlyList<OutgoingMessage> PutFirst(SessionDocument document, OutgoingMessage message) =>
        document.PlaceOf(0) == "line 4" && document.Messages[0].Contents.Count == 3
            ? [.. Unchanged(document).Take(1), message, .. Unchanged(document).Skip(1)]
            : base.PutFirst(document, message);

    [Fact]
    public async Task WriteAsync_NewMessageBeforeTheAgentsOwnSummary_IsNotLost()
    {
        var document = await ReadAsync(SessionFixture.Bytes("codex-replaced.jsonl"));
        var note = new OutgoingMessage(new ChatMessage(ChatRole.User, "A note."), -1);
        var again = await ReadAsync(await WriteAsync(document, [note, .. Unchanged(document)]));
        again.Messages.Count.ShouldBe(document.Messages.Count + 1);
        again.Messages[1].Text.ShouldBe("A note.");
    }
}

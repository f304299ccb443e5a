using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Transcripts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.OpenCode;

public sealed class OpenCodeContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => SessionFormats.Find("opencode")!;

    protected override IReadOnlyList<string> Fixtures => ["opencode.json", "opencode-compacted.json", "opencode-compacted-tail.json"];

    // opencode sends nothing of what stands before its own summary.
    protected override IReadOnlyList<OutgoingMessage> PutFirst(SessionDocument document, OutgoingMessage message) =>
        document.Messages[0].Text.StartsWith("What did we do so far?", StringComparison.Ordinal)
            ? [.. Unchanged(document).Take(2), message, .. Unchanged(document).Skip(2)]
            : base.PutFirst(document, message);

    protected override void Check(byte[] before, byte[] after)
    {
        var root = Parse(System.Text.Encoding.UTF8.GetString(after));
        var session = root.GetProperty("info").GetProperty("id").GetString();
        var times = new List<long>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var message in root.GetProperty("messages").EnumerateArray())
        {
            var info = message.GetProperty("info");
            info.GetProperty("sessionID").GetString().ShouldBe(session);
            ids.Add(info.GetProperty("id").GetString()!).ShouldBeTrue();
            if (!info.TryGetProperty("error", out _))
                times.Add(info.GetProperty("time").GetProperty("created").GetInt64());
            foreach (var part in message.GetProperty("parts").EnumerateArray())
                part.GetProperty("messageID").GetString().ShouldBe(info.GetProperty("id").GetString());
        }

        // opencode orders messages by time where it imports them; a document that it exported with a kept tail is not changed there.
        if (!after.AsSpan().SequenceEqual(before))
            times.ShouldBe(times.Order());
    }

    [Fact]
    public async Task WriteAsync_NewMessageBeforeTheAgentsOwnSummary_IsNotLost()
    {
        var document = await ReadAsync(SessionFixture.Bytes("opencode-compacted-tail.json"));
        var note = new OutgoingMessage(new ChatMessage(ChatRole.User, "A note."), -1);
        var again = await ReadAsync(await WriteAsync(document, [note, .. Unchanged(document)]));
        again.Messages.Count.ShouldBe(document.Messages.Count + 1);
        again.Messages[2].Text.ShouldBe("A note.");
    }
}

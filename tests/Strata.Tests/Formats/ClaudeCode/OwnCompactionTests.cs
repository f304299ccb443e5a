using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Rendering;
using Strata.Transcripts;

namespace Strata.Tests.Formats.ClaudeCode;

/// <summary>Claude Code compacts its sessions itself and keeps lines from before the boundary: they are live behind its summary.</summary>
public sealed class OwnCompactionTests
{
    private static readonly ISessionFormat Format = SessionFormats.Find("claude-code")!;

    public enum Naming
    {
        Messages,
        Segment,
        Both,
    }

    [Theory]
    [InlineData(Naming.Messages)]
    [InlineData(Naming.Segment)]
    [InlineData(Naming.Both)]
    public async Task ReadAsync_LinesKeptBehindTheSummary_StandBetweenItAndWhatCameLater(Naming naming) =>
        Texts(await ReadAsync(Session(naming, anchor: "sum", laterHangsOn: "sum")))
            .ShouldBe(["This session is being continued.", "keep the old endpoint", "call t3", "result t3", "It stays.", "now the docs",
                "Written."]);

    [Fact]
    public async Task ReadAsync_LaterLinesThatHangOnTheTail_AreReadTheSame() =>
        Texts(await ReadAsync(Session(Naming.Both, anchor: "sum", laterHangsOn: "k4")))
            .ShouldBe(["This session is being continued.", "keep the old endpoint", "call t3", "result t3", "It stays.", "now the docs",
                "Written."]);

    [Fact]
    public async Task ReadAsync_TheBoundaryAsAnchor_PutsWhatWasKeptFirst() =>
        Texts(await ReadAsync(Session(Naming.Both, anchor: "b", laterHangsOn: "sum")))
            .ShouldBe(["keep the old endpoint", "call t3", "result t3", "It stays.", "This session is being continued.", "now the docs",
                "Written."]);

    [Fact]
    public async Task ReadAsync_NothingKept_BeginsAtTheBoundary() =>
        Texts(await ReadAsync(Session(naming: null, anchor: "sum", laterHangsOn: "sum")))
            .ShouldBe(["This session is being continued.", "now the docs", "Written."]);

    [Fact]
    public async Task ReadAsync_AnAnchorOrLinesThatAreMissing_BeginsAtTheBoundary() =>
        Texts(await ReadAsync(Session(Naming.Messages, anchor: "gone", laterHangsOn: "sum")))
            .ShouldBe(["This session is being continued.", "now the docs", "Written."]);

    [Theory]
    [InlineData("sum")]
    [InlineData("b")]
    public async Task WriteAsync_Unchanged_IsTheFile(string anchor)
    {
        var file = Session(Naming.Both, anchor, laterHangsOn: "sum");

        (await WriteAsync(
            await ReadAsync(file), static document => [.. document.Messages.Select((message, i) => new OutgoingMessage(message, i))]))
            .ShouldBe(file);
    }

    [Theory]
    [InlineData(Naming.Messages, "sum", "sum", 0, 2)]
    [InlineData(Naming.Segment, "sum", "k4", 0, 2)]
    [InlineData(Naming.Both, "sum", "sum", 0, 1)]
    [InlineData(Naming.Both, "sum", "sum", 1, 5)]
    [InlineData(Naming.Both, "sum", "k4", 0, 5)]
    [InlineData(Naming.Both, "b", "sum", 0, 5)]
    [InlineData(Naming.Both, "b", "sum", 1, 3)]
    public async Task WriteAsync_ASummaryInPlaceOfSome_ReadsAsWhatWasWritten(
        Naming naming, string anchor, string laterHangsOn, int first, int end)
    {
        var document = await ReadAsync(Session(naming, anchor, laterHangsOn));
        var summary = new OutgoingMessage(
            new ChatMessage(ChatRole.User, "What came before, in short."), -1) { Replaces = [.. Enumerable.Range(first, end - first)] };
        List<OutgoingMessage> outgoing =
        [
            .. document.Messages.Take(first).Select((message, i) => new OutgoingMessage(message, i)),
            summary,
            .. document.Messages.Skip(end).Select((message, i) => new OutgoingMessage(message, i + end)),
        ];

        var written = await WriteAsync(document, _ => outgoing);

        var again = await ReadAsync(written);
        Texts(again).ShouldBe(outgoing.Select(message => Text(message.Message)));
        ConversationValidator.Check(again.Messages).ShouldBeEmpty();
        ShouldNameOnlyItsLines(written);
        (await WriteAsync(again, static read => [.. read.Messages.Select((message, i) => new OutgoingMessage(message, i))]))
            .ShouldBe(written);
    }

    [Fact]
    public async Task ReadAsync_ASecondCompactionThatKeepsTheSameLines_GoesByTheNewest()
    {
        var file = Encoding.UTF8.GetString(Session(Naming.Messages, anchor: "sum", laterHangsOn: "sum"))
            + Boundary("b2", Naming.Messages, "sum2", ["k4", "n1"])
            + Line("user", "sum2", "b2", "Continued once more.", isSummary: true)
            + Line("user", "z1", "sum2", "and the tests");

        Texts(await ReadAsync(Encoding.UTF8.GetBytes(file)))
            .ShouldBe(["Continued once more.", "It stays.", "now the docs", "and the tests"]);
    }

    private static byte[] Session(Naming? naming, string anchor, string laterHangsOn)
    {
        var file = new StringBuilder()
            .Append(Line("user", "a1", null, "rename the client"))
            .Append(Line("assistant", "a2", "a1", "Renamed."))
            .Append(Line("user", "k1", "a2", "keep the old endpoint"))
            .Append(Call("k2", "k1", "t3"))
            .Append(Result("k3", "k2", "t3"))
            .Append(Line("assistant", "k4", "k3", "It stays."));
        file.Append(Boundary("b", naming, anchor, ["k1", "k2", "k3", "k4"]))
            .Append(Line("user", "sum", "b", "This session is being continued.", isSummary: true))
            .Append(Line("user", "n1", laterHangsOn, "now the docs"))
            .Append(Line("assistant", "n2", "n1", "Written."));
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static string Boundary(string uuid, Naming? naming, string anchor, string[] kept)
    {
        var metadata = new Dictionary<string, object> { ["trigger"] = "auto" };
        if (naming is Naming.Segment or Naming.Both)
            metadata["preservedSegment"] = new { headUuid = kept[0], anchorUuid = anchor, tailUuid = kept[^1] };
        if (naming is Naming.Messages or Naming.Both)
            metadata["preservedMessages"] = new { anchorUuid = anchor, uuids = kept, allUuids = kept };
        return JsonSerializer.Serialize(new
        {
            parentUuid = (string?)null,
            logicalParentUuid = kept[^1],
            isSidechain = false,
            sessionId = "s",
            type = "system",
            subtype = "compact_boundary",
            content = "Conversation compacted",
            uuid,
            compactMetadata = metadata,
        }) + "\n";
    }

    private static string Line(string role, string uuid, string? parent, string text, bool isSummary = false) =>
        Write(role, uuid, parent, text, isSummary);

    private static string Call(string uuid, string parent, string id) =>
        Write("assistant", uuid, parent, new object[] { new { type = "tool_use", id, name = "Edit", input = new { path = "client.cs" } } });

    private static string Result(string uuid, string parent, string id) =>
        Write("user", uuid, parent, new object[] { new { type = "tool_result", tool_use_id = id, content = "done" } });

    private static string Write(string role, string uuid, string? parent, object content, bool isSummary = false) =>
        JsonSerializer.Serialize(new
        {
            parentUuid = parent,
            isSidechain = false,
            sessionId = "s",
            type = role,
            message = new { role, content },
            uuid,
            isCompactSummary = isSummary,
            timestamp = "2026-11-20T10:00:00.000Z",
        }) + "\n";

    private static void ShouldNameOnlyItsLines(byte[] file)
    {
        var lines = ClaudeCodeFile.Lines(file).Select(static line => JsonDocument.Parse(line).RootElement).ToList();
        var uuids = lines.Select(static line => line.GetProperty("uuid").GetString()!).ToHashSet();
        foreach (var metadata in lines.Where(static line => line.TryGetProperty("compactMetadata", out _))
            .Select(static line => line.GetProperty("compactMetadata")))
        {
            foreach (var name in new[] { "preservedMessages", "preservedSegment" })
            {
                if (metadata.TryGetProperty(name, out var pointers))
                    pointers.EnumerateObject().Where(static member => member.Value.ValueKind == JsonValueKind.String)
                        .ShouldAllBe(member => uuids.Contains(member.Value.GetString()!));
            }
        }
    }

    private static IEnumerable<string> Texts(SessionDocument document) => document.Messages.Select(Text);

    private static string Text(ChatMessage message) => message.Contents[0] switch
    {
        FunctionCallContent call => "call " + call.CallId,
        FunctionResultContent result => "result " + result.CallId,
        _ => message.Text,
    };

    private static async Task<SessionDocument> ReadAsync(byte[] file) =>
        await Format.ReadAsync(new MemoryStream(file), TestContext.Current.CancellationToken);

    private static async Task<byte[]> WriteAsync(SessionDocument document, Func<SessionDocument, IReadOnlyList<OutgoingMessage>> messages)
    {
        using var output = new MemoryStream();
        await Format.WriteAsync(document, messages(document), output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}

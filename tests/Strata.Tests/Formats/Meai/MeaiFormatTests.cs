using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Tests.Contracts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Meai;

public sealed class MeaiFormatTests
{
    [Fact]
    public void Read_WhatTheLibrarySerializes_IsTheSameMessages()
    {
        List<ChatMessage> messages =
        [
            new(ChatRole.User, [new TextContent("Which?"), new DataContent("data:image/png;base64,iVBORw0KGgo=")]),
            new(ChatRole.Assistant,
            [
                new TextReasoningContent("Hm.") { ProtectedData = "c2ln" },
                new FunctionCallContent("a", "f", new Dictionary<string, object?>(StringComparer.Ordinal) { ["x"] = 1 }),
            ]),
            new(ChatRole.Tool, [new FunctionResultContent("a", "done")]),
            new(ChatRole.Assistant,
                [new ErrorContent("no"), new UriContent("https://example.org/a.png", "image/png"), new HostedFileContent("f-1")]),
        ];
        var json = JsonSerializer.Serialize(messages, AIJsonUtilities.DefaultOptions);

        var document = Read("meai", json);

        SummariesOf(document).ShouldBe([.. messages.Select(Summary)]);
        var written = Write("meai", new Json.OtherDocument("request", messages), [.. All(document).Select(outgoing =>
            outgoing with { Message = messages[outgoing.SourceIndex] })]);
        var list = JsonDocument.Parse(written).RootElement.GetProperty("messages");
        list.Deserialize<List<ChatMessage>>(AIJsonUtilities.DefaultOptions)!.Select(Summary).ShouldBe([.. messages.Select(Summary)]);
    }

    [Fact]
    public void Read_Fixture_HoldsEveryContent()
    {
        var document = Read("meai", SessionFixture.Bytes("meai.json"));

        Summary(document.Messages[2]).ShouldBe(
            "assistant: <Read both logs.>#c2ln | I read both logs. | v1=readLog({\"valve\":1}) | v2=readLog({\"valve\":2})");
        Summary(document.Messages[3]).ShouldBe("tool: v1->dryü");
        ((JsonElement)document.Messages[4].Contents.OfType<FunctionResultContent>().Single().Result!).GetProperty("litres").GetInt32()
            .ShouldBe(3);
        document.Messages[5].Contents.Count.ShouldBe(2);
        (document.Messages[2].AuthorName, document.Messages[2].MessageId).ShouldBe(("gardener", "m-1"));
    }
}

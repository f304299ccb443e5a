using System.Text;
using System.Text.Json.Nodes;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

/// <summary>What a model thought behind the compacted messages is refused behind the restored ones.</summary>
public sealed class UndoReasoningTests
{
    private const string Signature = "c2lnbmVkIGJlaGluZCB0aGUgc3VtbWFyeQ==";

    [Theory]
    [InlineData("claude-opus-5-5", false)]
    [InlineData("claude-opus-4-5", true)]
    public async Task Undo_ReasoningWasSignedSince_StaysOnlyWhereItIsNotBound(string model, bool stays)
    {
        using var cli = new Support.Cli();
        var original = await File.ReadAllTextAsync(cli.Session(model: model), TestContext.Current.CancellationToken);
        (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--target", "20%")).ShouldExitWith(0);
        var asked = SampleFiles.GoOn("claude-code", await cli.ReadAsync("session.compacted.jsonl"));
        cli.Write("session.compacted.jsonl", Encoding.UTF8.GetString(asked) + Answer(model));

        var result = (await cli.RunAsync("undo", cli.PathOf("session.compacted.jsonl"))).ShouldExitWith(0);

        var restored = Encoding.UTF8.GetString(await cli.ReadAsync("session.restored.jsonl"));
        restored.ShouldStartWith(original);
        restored.ShouldContain(SampleFiles.Later);
        restored.ShouldContain("Yes, it is.");
        restored.Contains(Signature, StringComparison.Ordinal).ShouldBe(stays);
        result.Output.Contains("signed reasoning of 1 message since was left out", StringComparison.Ordinal).ShouldBe(!stays);
    }

    private static string Answer(string model) => new JsonObject
    {
        ["parentUuid"] = "99999999-aaaa-4bbb-8ccc-dddddddddddd",
        ["isSidechain"] = false,
        ["sessionId"] = "5e551011-0000-4000-8000-000000000001",
        ["type"] = "assistant",
        ["message"] = new JsonObject
        {
            ["id"] = "msg_since",
            ["role"] = "assistant",
            ["model"] = model,
            ["content"] = new JsonArray(
                new JsonObject { ["type"] = "thinking", ["thinking"] = "The default was changed.", ["signature"] = Signature },
                new JsonObject { ["type"] = "text", ["text"] = "Yes, it is." }),
        },
        ["uuid"] = "88888888-aaaa-4bbb-8ccc-dddddddddddd",
    }.ToJsonString() + "\n";
}

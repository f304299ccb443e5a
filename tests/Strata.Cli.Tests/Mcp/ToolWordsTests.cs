using System.Text.Json.Nodes;

namespace Strata.Cli.Tests.Mcp;

/// <summary>
/// What a client and its model see of the tools: what is loaded at once, one session a conversation, words that fit a call.
/// </summary>
public sealed class ToolWordsTests
{
    [Fact]
    public async Task List_ToolsThatNobodyLooksFor_AreAlwaysLoaded()
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Line("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""").RunAsync(cli);

        script.Answers["1"]["result"]!["tools"]!.AsArray()
            .Where(tool => tool!["_meta"]?["anthropic/alwaysLoad"]?.GetValue<bool>() == true)
            .Select(tool => tool!["name"]!.GetValue<string>()).ShouldBe(["recall", "search_history"]);
    }

    [Fact]
    public async Task Compact_FileThatTheCommandCompactedToo_IsOneSession()
    {
        using var cli = new Support.Cli();
        (await cli.RunAsync("compact", cli.Session(), "--target", "30%")).ShouldExitWith(0);

        var script = await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"25%"}""").RunAsync(cli);

        script.Json(1)["receipt"]!["session"]!.GetValue<string>().ShouldBe("5e551011-0000-4000-8000-000000000001");
        var sessions = JsonNode.Parse((await cli.RunAsync("sessions", "--json")).Output)!["sessions"]!.AsArray();
        sessions.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Compact_MessagesThatWentOn_AreOneSession()
    {
        using var cli = new Support.Cli();
        var messages = new JsonArray([.. Enumerable.Range(0, 40).Select(i => (JsonNode)new JsonObject
        {
            ["role"] = i % 2 == 0 ? "user" : "assistant",
            ["content"] = $"Part {i}: " + string.Join(' ', Enumerable.Repeat($"the ferry number {i} leaves the pier", 20)),
        })]);
        var first = await new McpScript()
            .Call(1, "compact", $$"""{"messages":{{messages.ToJsonString()}},"target":"30%","model":"gpt-4o"}""").RunAsync(cli);
        var next = first.Json(1)["messages"]!.DeepClone().AsArray();
        next.Add(new JsonObject { ["role"] = "user", ["content"] = "When does the last ferry leave?" });

        var second = await new McpScript()
            .Call(1, "compact", $$"""{"messages":{{next.ToJsonString()}},"target":"50%","model":"gpt-4o"}""").RunAsync(cli);

        second.Json(1)["receipt"]!["session"]!.GetValue<string>().ShouldBe(first.Json(1)["receipt"]!["session"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("notes.json", """{"a":1}""", """{"path":"notes.json","target":"25%"}""", "Name it with 'format'")]
    [InlineData("chat.json", """{"messages":[{"role":"user","content":"hi"},{"role":"assistant","content":"ho"}]}""",
        """{"path":"chat.json","format":"codex"}""", "leave 'format' out")]
    public async Task Compact_BadFile_IsToldInWordsOfTheCall(string name, string text, string arguments, string expected)
    {
        using var cli = new Support.Cli();
        cli.Write(name, text);

        var failure = (await new McpScript().Call(1, "compact", arguments).RunAsync(cli)).Failure(1);

        failure.ShouldContain(expected);
        failure.ShouldNotContain("--");
    }

    [Fact]
    public async Task Compact_UnknownModel_IsToldInWordsOfTheCall()
    {
        using var cli = new Support.Cli();
        cli.Session(model: null);

        var script = await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"25%"}""").RunAsync(cli);

        var notes = string.Join('\n', script.Json(1)["notes"]!.AsArray());
        notes.ShouldContain("'model' or 'window' sets it");
        notes.ShouldNotContain("--");
    }

    [Fact]
    public async Task Compact_TwoCallsToOneOutput_TheLoserIsToldWithoutOptions()
    {
        using var cli = new Support.Cli();
        cli.Session();
        const string Call = """{"path":"session.jsonl","target":"25%","output":"o.jsonl"}""";

        var script = await new McpScript().Call(1, "compact", Call).Call(2, "compact", Call).RunAsync(cli);

        var failures = new[] { 1, 2 }.Select(id => script.Answers[$"{id}"]["result"]!)
            .Where(result => result["isError"]?.GetValue<bool>() == true).Select(result => result.ToJsonString()).ToList();
        failures.ShouldHaveSingleItem().ShouldNotContain("--");
    }
}

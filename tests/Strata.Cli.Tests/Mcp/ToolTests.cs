using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Mcp;

public sealed partial class ToolTests
{
    [Fact]
    public async Task Initialize_AnyClient_IsToldWhoAnswersAndWhatFor()
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Line("""{"jsonrpc":"2.0","id":1,"method":"tools/list"}""").RunAsync(cli);

        script.Answers["0"]["result"]!["serverInfo"]!["name"]!.GetValue<string>().ShouldBe("strata");
        script.Answers["0"]["result"]!["instructions"]!.GetValue<string>().ShouldContain("recall");
        var tools = script.Answers["1"]["result"]!["tools"]!.AsArray();
        tools.Select(tool => tool!["name"]!.GetValue<string>())
            .ShouldBe(["recall", "search_history", "compact", "count_tokens", "list_receipts"]);
        foreach (var tool in tools)
        {
            tool!["description"]!.GetValue<string>().Length.ShouldBeGreaterThan(40);
            tool["inputSchema"]!["type"]!.GetValue<string>().ShouldBe("object");
            foreach (var (_, property) in tool["inputSchema"]!["properties"]!.AsObject())
                property!["description"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Fact]
    public async Task Compact_Messages_AnswersWithMessagesReceiptAndHandles()
    {
        using var cli = new Support.Cli();

        var script =
            await new McpScript().Call(1, "compact", $$"""{"messages":{{Chat()}},"target":"30%","model":"gpt-4o"}""").RunAsync(cli);

        var answer = script.Json(1);
        answer["outcome"]!.GetValue<string>().ShouldBe("compacted");
        answer["tokensAfter"]!.GetValue<int>().ShouldBeLessThan(answer["tokensBefore"]!.GetValue<int>() * 3 / 10 + 1);
        answer["messages"]!.AsArray().Count.ShouldBeLessThan(40);
        answer["messages"]![0]!["role"]!.GetValue<string>().ShouldBe("system");
        answer["receipt"]!["cuts"]!.AsArray().Count.ShouldBeGreaterThan(0);
        File.Exists(cli.DefaultArchive).ShouldBeTrue();
    }

    [Fact]
    public async Task Compact_WholeBody_ComesBackWhole()
    {
        using var cli = new Support.Cli();
        var body = new JsonObject { ["model"] = "gpt-4o", ["temperature"] = .5, ["messages"] = JsonNode.Parse(Chat()) };

        var script = await new McpScript().Call(1, "compact", $$"""{"messages":{{body.ToJsonString()}},"target":"2k"}""").RunAsync(cli);

        script.Json(1)["body"]!["temperature"]!.GetValue<double>().ShouldBe(.5);
        script.Json(1)["body"]!["messages"]!.AsArray().Count.ShouldBeLessThan(40);
    }

    [Fact]
    public async Task CompactThenRecall_EveryHandle_BringsTheOriginalBack()
    {
        using var cli = new Support.Cli();
        cli.Session();

        var compacted = (await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"25%"}""").RunAsync(cli)).Json(1);
        var handle = compacted["receipt"]!["cuts"]![0]!["handle"]!.GetValue<string>();
        var script = await new McpScript()
            .Call(1, "recall", $$"""{"handle":"{{handle}}"}""")
            .Call(2, "search_history", """{"words":"celsius"}""")
            .Call(5, "recall",
                $$"""{"handle":"[recall {{handle}}]","session":"{{compacted["receipt"]!["session"]!.GetValue<string>()}}"}""")
            .Call(6, "recall", $$"""{"handle":"{{handle}}","session":"another"}""")
            .Call(3, "list_receipts", "{}")
            .Call(4, "list_receipts", $$"""{"receipt":"{{compacted["receipt"]!["id"]!.GetValue<string>()}}","offset":1,"limit":1}""")
            .RunAsync(cli);

        script.Texts(1)[0].ShouldContain("──");
        script.Texts(5).ShouldBe(script.Texts(1));
        script.Failure(6).ShouldContain($"no original under {handle} in the session 'another'");
        var hit = script.Json(2)["hits"]![0]!;
        hit["excerpt"]!.GetValue<string>().ShouldContain("celsius");
        script.Json(3)["receipts"]!.AsArray().Count.ShouldBe(1);
        script.Json(4)["cuts"]!.AsArray().Count.ShouldBe(1);
        script.Json(4)["nextOffset"]!.GetValue<int>().ShouldBe(2);
        compacted["session"]!.GetValue<string>().ShouldContain("\"sessionId\"");
    }

    [Fact]
    public async Task Recall_HugeOriginal_ComesInPagesThatJoinToIt()
    {
        using var cli = new Support.Cli();
        var huge = string.Concat(Enumerable.Range(0, 6_000).Select(n => $"line {n} 😀\n"));
        var messages = new JsonArray(
            new JsonObject { ["role"] = "user", ["content"] = "Read the file." },
            new JsonObject
            {
                ["role"] = "assistant",
                ["content"] = null,
                ["tool_calls"] = new JsonArray(new JsonObject
                {
                    ["id"] = "c1",
                    ["type"] = "function",
                    ["function"] = new JsonObject { ["name"] = "read", ["arguments"] = "{}" }
                })
            },
            new JsonObject { ["role"] = "tool", ["tool_call_id"] = "c1", ["content"] = huge },
            new JsonObject { ["role"] = "user", ["content"] = "And now?" });
        var compacted = (await new McpScript()
            .Call(1, "compact", $$"""{"messages":{{messages.ToJsonString()}},"target":3000,"model":"gpt-4o"}""").RunAsync(cli)).Json(1);
        var handle = Marker().Match(compacted["messages"]!.ToJsonString()).Groups[1].Value;

        var joined = "";
        for (var offset = 0; offset >= 0;)
        {
            var page =
                await new McpScript().Call(1, "recall", $$"""{"handle":"{{handle}}","offset":{{offset}},"limit":50001}""").RunAsync(cli);
            joined += page.Texts(1)[0];
            page.Texts(1)[0].Length.ShouldBeLessThanOrEqualTo(50_001);
            offset = Next().Match(page.Texts(1)[1]) is { Success: true } next
                ? int.Parse(next.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture) : -1;
        }

        joined.ShouldBe(huge);
    }

    [Fact]
    public async Task Recall_UnknownHandle_SaysSoWithoutAHint()
    {
        using var cli = new Support.Cli();
        cli.Session();
        await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"25%"}""").RunAsync(cli);

        var script = await new McpScript().Call(1, "recall", """{"handle":"0123456789ab"}""")
            .Call(2, "recall", """{"handle":"not a handle"}""").RunAsync(cli);

        script.Failure(1).ShouldStartWith("The archive holds no original under 0123456789ab.");
        script.Failure(2).ShouldStartWith("The argument 'handle': 'not a handle' is not a handle");
    }

    [Fact]
    public async Task Compact_Output_IsWrittenOnceAndNeverReplaced()
    {
        using var cli = new Support.Cli();
        cli.Session();
        var arguments = """{"path":"session.jsonl","target":"25%","output":"short.jsonl"}""";

        var first = await new McpScript().Call(1, "compact", arguments).RunAsync(cli);
        var second = await new McpScript().Call(1, "compact", arguments).RunAsync(cli);

        first.Json(1)["session"].ShouldBeNull();
        new FileInfo(cli.PathOf("short.jsonl")).Length.ShouldBeLessThan(new FileInfo(cli.PathOf("session.jsonl")).Length);
        second.Failure(1).ShouldBe("The argument 'output': short.jsonl exists and is not replaced. Name a new file.");
    }

    [Fact]
    public async Task Compact_OutputThatCannotBe_ArchivesNothing()
    {
        using var cli = new Support.Cli();
        cli.Session();

        var missing = await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"25%","output":"none/short.jsonl"}""")
            .RunAsync(cli);
        var archive = await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"25%","output":"own.db"}""")
            .RunAsync(cli, "--archive", cli.PathOf("own.db"));
        var input = await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"25%"}""")
            .RunAsync(cli, "--archive", cli.PathOf("session.jsonl"));

        missing.Failure(1).ShouldContain("there is no such directory");
        archive.Failure(1).ShouldContain("cannot be the archive and the output at once");
        input.Failure(1).ShouldContain("cannot be the archive and the input at once");
        File.Exists(cli.DefaultArchive).ShouldBeFalse();
        cli.Files().ShouldBe(["session.jsonl"]);
    }

    [Fact]
    public async Task Recall_EmptyFileForAnArchive_StaysEmpty()
    {
        using var cli = new Support.Cli();
        var empty = cli.Write("own.db", "");

        var script = await new McpScript().Call(1, "recall", """{"handle":"0123456789ab"}""").RunAsync(cli, "--archive", empty);

        script.Failure(1).ShouldContain("nothing was compacted");
        new FileInfo(empty).Length.ShouldBe(0);
    }

    [Fact]
    public async Task Compact_AnswerTooLarge_SaysHowAndArchivesNothing()
    {
        using var cli = new Support.Cli();
        cli.Session(turns: 80);

        var script = await new McpScript().Call(1, "compact", """{"path":"session.jsonl","target":"90%"}""").Call(2, "list_receipts", "{}")
            .RunAsync(cli);

        script.Failure(1).ShouldContain("Give 'output', a file to write it to. Nothing was done.");
        script.Texts(2)[0].ShouldNotContain("tokensBefore");
    }

    [Fact]
    public async Task CountTokens_TextAndMessages_SayHowExactTheyAre()
    {
        using var cli = new Support.Cli();

        var script = await new McpScript()
            .Call(1, "count_tokens", """{"text":"hello world","model":"gpt-4o"}""")
            .Call(2, "count_tokens", $$"""{"messages":{{Chat()}},"model":"gpt-4o"}""")
            .RunAsync(cli);

        script.Json(1)["tokens"]!.GetValue<int>().ShouldBe(2);
        script.Json(1)["counter"]!["exact"]!.GetValue<bool>().ShouldBeTrue();
        script.Json(2)["window"]!.GetValue<int>().ShouldBe(128_000);
        script.Json(2)["roles"]!.AsArray().Select(role => role!["role"]!.GetValue<string>())
            .ShouldBe(["user", "assistant", "system"], ignoreOrder: true);
    }

    [Fact]
    public async Task Run_InputEnds_EveryCallIsAnsweredFirst()
    {
        using var cli = new Support.Cli();
        var script = new McpScript();
        for (var id = 1; id <= 20; id++)
            script.Call(id, "count_tokens", $$"""{"messages":{{Chat()}} }""");

        await script.RunAsync(cli);

        script.Answers.Count.ShouldBe(21);
        script.Run!.ShouldExitWith(ExitCodes.Done).Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task Run_RootIsNoFolder_SaysSo()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("mcp", "--root", "nowhere")).ShouldExitWith(ExitCodes.BadInput).Error
            .ShouldBe("strata: --root nowhere: there is no such folder.\n");
    }

    private static string Chat()
    {
        var messages = new JsonArray { new JsonObject { ["role"] = "system", ["content"] = "You help." } };
        for (var turn = 0; turn < 20; turn++)
        {
            messages.Add(new JsonObject
            {
                ["role"] = "user",
                ["content"] =
                    $"Question {turn}: {string.Join(' ', Enumerable.Range(0, 60).Select(n => $"what of house {n} in street {turn}"))}?"
            });
            messages.Add(new JsonObject
            {
                ["role"] = "assistant",
                ["content"] =
                    $"Answer {turn}: {string.Join(' ', Enumerable.Range(0, 60).Select(n => $"house {n} stands in street {turn}"))}."
            });
        }

        return messages.ToJsonString();
    }

    [GeneratedRegex("recall (?<handle>[0-9a-z]{12})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Marker();

    [GeneratedRegex("nextOffset: (?<offset>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Next();
}

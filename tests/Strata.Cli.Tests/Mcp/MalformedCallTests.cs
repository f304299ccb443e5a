namespace Strata.Cli.Tests.Mcp;

public sealed class MalformedCallTests
{
    [Theory]
    [InlineData("recall", "{}", "Recall: the argument 'handle' is missing. The 12 letters and digits")]
    [InlineData("recall", """{"handel":"abc"}""",
        "Recall: there is no argument 'handel'. Did you mean 'handle'? Known: handle, session, offset, limit.")]
    [InlineData("recall", """{"handle":7}""", "Recall: the argument 'handle': give a text that is not empty; this is 7.")]
    [InlineData("recall", """{"handle":"0123456789ab","limit":0}""",
        "Recall: the argument 'limit': give a whole number from 1 to 100000; this is 0.")]
    [InlineData("recall", """{"handle":"0123456789ab","offset":"far"}""",
        "Recall: the argument 'offset': give a whole number of 0 or more; this is 'far'.")]
    [InlineData("search_history", """{"words":""}""", "Search_history: the argument 'words': give a text that is not empty; this is ''.")]
    [InlineData("search_history", """{"words":"a","limit":1.5}""",
        "Search_history: the argument 'limit': give a whole number from 1 to 100; this is 1.5.")]
    [InlineData("compact", "{}", "Give either 'messages' or 'path', and not both.")]
    [InlineData("compact", """{"messages":"hello"}""",
        "Compact: the argument 'messages': give an array of messages, or a request body with them; this is 'hello'.")]
    [InlineData("compact", """{"messages":[],"target":"120%"}""",
        "Compact: the argument 'target': a share lies above 0% and at most at 100%; this is '120%'.")]
    [InlineData(
        "compact", """{"messages":[{"role":"user","content":"hi"}],"strategy":"best"}""", "Compact: the argument 'strategy': give one of ")]
    [InlineData(
        "compact", """{"path":"../../etc/passwd"}""", "The argument 'path': ../../etc/passwd lies outside the folders that may be used: ")]
    [InlineData("compact", """{"path":"nowhere.jsonl"}""", "nowhere.jsonl: no such file.")]
    [InlineData("count_tokens", "{}", "Give one of 'text', 'messages' and 'path'.")]
    [InlineData("count_tokens", """{"text":"a","path":"b"}""", "Give one of 'text', 'messages' and 'path'.")]
    [InlineData(
        "list_receipts", """{"limit":1000}""", "List_receipts: the argument 'limit': give a whole number from 1 to 200; this is 1000.")]
    public async Task Call_WrongArguments_NamesTheArgumentAndTheWayOut(string tool, string arguments, string says)
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Call(1, tool, arguments).RunAsync(cli);

        script.Failure(1).ShouldStartWith(says);
        script.Run!.ShouldExitWith(ExitCodes.Done);
    }

    [Fact]
    public async Task Call_UnknownTool_IsAnErrorOfTheProtocol()
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Call(1, "recal", "{}").RunAsync(cli);

        script.Error(1)
            .ShouldBe((-32602,
                "There is no tool 'recal'. Did you mean 'recall'? Known: recall, search_history, compact, count_tokens, list_receipts."));
    }

    [Fact]
    public async Task Call_UnknownMethod_IsAnErrorOfTheProtocol()
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Line("""{"jsonrpc":"2.0","id":1,"method":"tools/run","params":{}}""").RunAsync(cli);

        script.Error(1).Code.ShouldBe(-32601);
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"recall","arguments":[]}}""", "'arguments' is no object")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"arguments":{}}}""", "'name' is missing")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":[1]}""", "'params' is missing")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"tools/call"}""", "'params' is missing")]
    public async Task Call_NotACall_IsAnErrorOfTheProtocol(string line, string says)
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Line(line).RunAsync(cli);

        script.Error(1).Code.ShouldBe(-32602);
        script.Error(1).Message.ShouldContain(says);
    }

    [Theory]
    [InlineData("this is not JSON")]
    [InlineData("[1, 2")]
    [InlineData("7")]
    public async Task Line_NoMessage_IsRefusedAndTheServerGoesOn(string line)
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Line(line).Call(2, "count_tokens", """{"text":"hello"}""").RunAsync(cli);

        script.Run!.ShouldExitWith(ExitCodes.Done).Output.ShouldContain("\"code\":-32700");
        script.Json(2)["tokens"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public async Task Call_NoArchiveYet_SaysWhoMakesIt()
    {
        using var cli = new Support.Cli();

        var script = await new McpScript().Call(1, "search_history", """{"words":"deadline"}""").RunAsync(cli);

        script.Failure(1).ShouldContain("there is no archive at ~/.local/share/strata/archive.db yet", Case.Insensitive);
        File.Exists(cli.DefaultArchive).ShouldBeFalse();
    }

    [Fact]
    public async Task Call_ArchiveIsNoDatabase_SaysSo()
    {
        using var cli = new Support.Cli();
        var file = cli.Write("notes.txt", new string('x', 5_000));

        var script = await new McpScript().Call(1, "list_receipts", "{}").RunAsync(cli, "--archive", file);

        script.Failure(1).ShouldContain("notes.txt");
    }

    [Fact]
    public async Task Call_LinkOutOfTheFolder_IsRefused()
    {
        using var cli = new Support.Cli();
        File.CreateSymbolicLink(cli.PathOf("link.jsonl"), "/etc/hostname");

        var script = await new McpScript().Call(1, "count_tokens", """{"path":"link.jsonl"}""").RunAsync(cli);

        script.Failure(1).ShouldStartWith("The argument 'path': link.jsonl lies outside the folders that may be used");
    }
}

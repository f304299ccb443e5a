using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace Strata.Cli.Tests.Mcp;

/// <summary>The SDK's own client against the built command, in a process of its own.</summary>
public sealed class McpClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_OverStandardInput_CompactsSearchesAndRecalls()
    {
        using var cli = new Support.Cli();
        cli.Session();
        await using var client = await ConnectAsync(cli);

        var tools = await client.ListToolsAsync(cancellationToken: Cancel);
        var compacted = await client.CallToolAsync(
            "compact", new Dictionary<string, object?> { ["path"] = "session.jsonl", ["target"] = "25%" }, cancellationToken: Cancel);
        var found = await client.CallToolAsync(
            "search_history", new Dictionary<string, object?> { ["words"] = "celsius", ["limit"] = 1 }, cancellationToken: Cancel);
        var handle = System.Text.Json.Nodes.JsonNode.Parse(TextOf(found))!["hits"]![0]!["handle"]!.GetValue<string>();
        var recalled =
            await client.CallToolAsync("recall", new Dictionary<string, object?> { ["handle"] = handle }, cancellationToken: Cancel);

        tools.Select(tool => tool.Name).ShouldBe(["recall", "search_history", "compact", "count_tokens", "list_receipts"]);
        TextOf(compacted).ShouldStartWith("""{"outcome":"compacted",""");
        TextOf(recalled).ShouldContain("Add a --celsius flag to the forecast command.");
        recalled.IsError.ShouldNotBe(true);
    }

    [Fact]
    public async Task Client_CancelsACall_ServerGoesOn()
    {
        using var cli = new Support.Cli();
        cli.Session(turns: 60);
        await using var client = await ConnectAsync(cli);
        using var cancelled = new CancellationTokenSource();

        var call = client.CallToolAsync("compact", new Dictionary<string, object?> { ["path"] = "session.jsonl", ["target"] = "10%" },
            cancellationToken: cancelled.Token);
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(async () => await call);
        TextOf(await client.CallToolAsync("count_tokens", new Dictionary<string, object?> { ["text"] = "hello" },
            cancellationToken: Cancel)).ShouldContain("\"tokens\":1");
    }

    [Fact]
    public async Task Client_MalformedCall_IsToldWhatIsWrong()
    {
        using var cli = new Support.Cli();
        await using var client = await ConnectAsync(cli);

        var failed = await client.CallToolAsync("recall", new Dictionary<string, object?> { ["id"] = "x" }, cancellationToken: Cancel);
        var unknown =
            await Should.ThrowAsync<McpProtocolException>(async () => await client.CallToolAsync("recal", cancellationToken: Cancel));

        failed.IsError.ShouldBe(true);
        TextOf(failed).ShouldStartWith("Recall: there is no argument 'id'.");
        unknown.ErrorCode.ShouldBe(McpErrorCode.InvalidParams);
        unknown.Message.ShouldContain("Did you mean 'recall'?");
    }

    private static Task<McpClient> ConnectAsync(Support.Cli cli) => McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = "strata",
            Command = "dotnet",
            Arguments = [Command(), "mcp", "--archive", cli.PathOf("archive.db")],
            WorkingDirectory = Path.GetDirectoryName(cli.PathOf("any"))!,
        }),

        // The newest version begins with a probe that the client gives up after a while: on a busy machine it then starts twice.
        new McpClientOptions { ProtocolVersion = "2025-11-25" },
        cancellationToken: Cancel);

    // The command as it is built: beside these tests some of its assemblies are left to a framework that it does not ask for.
    private static string Command()
    {
        var own = new DirectoryInfo(AppContext.BaseDirectory);
        return Path.Combine(own.Parent!.Parent!.FullName, "Strata.Cli", own.Name, "Strata.Cli.dll");
    }

    private static string TextOf(CallToolResult result) => result.Content.OfType<TextContentBlock>().First().Text;
}

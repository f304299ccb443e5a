using System.Reflection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using Strata.Archives;
using Strata.Formats;
using Strata.Settings;

namespace Strata.Cli.Mcp;

/// <summary>Answers a client over two streams until the first one ends.</summary>
internal sealed class ToolServer(IReadOnlyList<McpTool> tools)
{
    private const string Instructions =
        "Strata keeps what left a conversation when it was compacted. Where a text names a handle (12 letters and digits, or two of them "
            + "as first..last), recall brings the original back, "
        + "word for word; search_history finds originals by words. Recall before you guess.";

    public async Task RunAsync(Stream input, Stream output, CancellationToken cancellationToken)
    {
        var transport = new LineTransport(input, output);
        await using (transport.ConfigureAwait(false))
        {
            var server = McpServer.Create(transport, Options());
            await using (server.ConfigureAwait(false))
                await server.RunAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private McpServerOptions Options() => new()
    {
        ServerInfo = new Implementation
        {
            Name = "strata",
            Title = "Strata",
            Version = typeof(ToolServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()
                ?.InformationalVersion.Split('+')[0] ?? "0",
        },
        ServerInstructions = Instructions,
        Capabilities = new ServerCapabilities { Tools = new ToolsCapability() },
        Handlers = new McpServerHandlers
        {
            ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult { Tools = [.. tools.Select(tool => tool.Definition())] }),
            CallToolHandler = (request, cancellationToken) => CallAsync(request.Params, cancellationToken),
        },
    };

    private async ValueTask<CallToolResult> CallAsync(CallToolRequestParams? call, CancellationToken cancellationToken)
    {
        var tool = tools.FirstOrDefault(tool => tool.Name == call?.Name)
            ?? throw new McpProtocolException(
                Sentence(NearestName.Unknown("tool", call?.Name ?? "", [.. tools.Select(tool => tool.Name)])), McpErrorCode.InvalidParams);
        try
        {
            return await tool.CallAsync(new ToolArguments(tool.Name, tool.Parameters, call!.Arguments), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e)
            when (e is ToolException or CliException or ArchiveException or SessionFormatException or SettingsException or FormatException
                or ArgumentException)
        {
            // The model reads this and can do better; an error of the protocol it would never see.
            return ToolResults.Failed(Sentence(
                e is ToolException ? e.Message : (e as CliException)?.ForTools ?? Failures.Describe(e).Message));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return ToolResults.Failed(Sentence($"{tool.Name} failed: {e.Message}"));
        }
    }

    private static string Sentence(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}

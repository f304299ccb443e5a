using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Cli.Archives;
using Strata.Cli.Files;
using Strata.Formats;

namespace Strata.Cli.Mcp;

/// <summary>The conversation that a call is about: messages in the call itself, or a file.</summary>
internal static class ToolSession
{
    public static ToolParameter Messages { get; } = new(
        "messages", ToolParameterKind.Messages,
        "The conversation: an array of messages as OpenAI, Anthropic or Ollama take them, or a whole request body with instructions and "
            + "tools. Give this or 'path'.");

    public static ToolParameter Path { get; } = new(
        "path", ToolParameterKind.Text, "A session file of an agent (Claude Code, Codex, pi) or a request body, in the working folder or a "
            + "folder that the server was given. Give this or 'messages'.");

    public static ToolParameter Format { get; } =
        new("format", ToolParameterKind.Text, "The format of the conversation. Default: recognized from its content.")
        {
            Known = [.. SessionFormats.All.Select(format => format.Name)],
        };

    /// <exception cref="ToolException">Neither or both were given, or the file may not be read.</exception>
    /// <exception cref="CliException">It is no session.</exception>
    public static async ValueTask<SessionFile> ReadAsync(ToolArguments arguments, ToolContext context, CancellationToken cancellationToken)
    {
        if (arguments.Has(Messages.Name) == arguments.Has(Path.Name))
            throw new ToolException("give either 'messages' or 'path', and not both.");
        if (arguments.Text(Path.Name) is { } path)
        {
            var file = context.Folders.Resolve(Path.Name, path);
            context.Place.MustNotBe(file, isWritten: false);
            return await SessionFile.ReadAsync(file, arguments.Text(Format.Name), context.Terminal, keepBytes: true, cancellationToken)
                .ConfigureAwait(false);
        }

        var bytes = BodyOf(arguments.Json(Messages.Name)!.Value);
        var format = arguments.Text(Format.Name) is { } name ? SessionFormats.Find(name) : SessionFormats.Detect(bytes);
        if (format is null)
            throw new ToolException(
                $"the argument '{Messages.Name}': no format is recognized. Name it with 'format': {string.Join(", ", Format.Known)}.");
        try
        {
            var given = await SessionFile.ReadAsync(Messages.Name, format, bytes, cancellationToken).ConfigureAwait(false);
            WrittenSummaries.Recognize(given.Document.Messages, context.Terminal);
            return given;
        }
        catch (SessionFormatException e)
        {
            throw new ToolException($"the argument '{Messages.Name}', read as {format.Name}: {e.Message}", e);
        }
    }

    // Items of OpenAI's Responses that are no message say what they are in place of who spoke.
    private static byte[] BodyOf(JsonElement given)
    {
        if (given.ValueKind == JsonValueKind.Object)
            return JsonSerializer.SerializeToUtf8Bytes(given, ToolResults.Json);
        var isItems = given.EnumerateArray()
            .Any(item =>
                item.ValueKind == JsonValueKind.Object && !item.TryGetProperty("role", out _) && item.TryGetProperty("type", out _));
        return JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { [isItems ? "input" : "messages"] = JsonNode.Parse(given.GetRawText()) }, ToolResults.Json);
    }
}

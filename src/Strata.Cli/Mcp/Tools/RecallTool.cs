using System.Globalization;
using Microsoft.Extensions.AI;
using ModelContextProtocol.Protocol;
using Strata.Archives;
using Strata.Cli.Archives;
using Strata.Cli.Reports;
using Strata.Transcripts;

namespace Strata.Cli.Mcp.Tools;

/// <summary>Brings originals back, page by page where they are long.</summary>
internal sealed class RecallTool(ToolContext context) : McpTool
{
    // A client that shows an image is sent all of it; a larger one would be cut there.
    private const int MostImageBytes = 1_000_000;

    private static readonly ToolParameter Subject = new(
        "handle", ToolParameterKind.Text,
        "The 12 letters and digits that stand where something was cut, or two of them as FIRST..LAST for all between.")
    {
        Required = true,
    };

    private static readonly ToolParameter Session = new(
        "session", ToolParameterKind.Text, "Only in this session, by its id, and what it went on from. Default: in all, the newest first.");

    private static readonly ToolParameter Offset = new("offset", ToolParameterKind.Integer,
        "The first char to return of a long original, counted from 0: 'nextOffset' of the page before.") { Default = 0 };

    private static readonly ToolParameter Limit = new("limit", ToolParameterKind.Integer, "The most chars of a page.")
    {
        Least = 1,
        Most = ToolResults.MostChars,
        Default = 20_000
    };

    public override string Name => "recall";

    public override string Title => "Recall an original";

    public override string Description =>
        "Returns the original of something that was cut from a conversation, word for word. The first text of the answer is the original "
            + "or one page of it; where there is more, a second text says how to go on.";

    public override bool IsAlwaysLoaded => true;

    public override IReadOnlyList<ToolParameter> Parameters { get; } = [Subject, Session, Offset, Limit];

    public override async ValueTask<CallToolResult> CallAsync(ToolArguments arguments, CancellationToken cancellationToken)
    {
        var handle = PastedHandle.Read(arguments.Text(Subject.Name)!);
        var archive = await context.Archive.ReadAsync(cancellationToken).ConfigureAwait(false);
        var found = await FindAsync(archive, handle, arguments.Text(Session.Name), cancellationToken).ConfigureAwait(false);
        if (found.Content is DataContent { Data.Length: <= MostImageBytes } image && image.HasTopLevelMediaType("image"))
            return new CallToolResult { Content = [ImageContentBlock.FromBytes(image.Data, image.MediaType)] };
        return Page(TextOf(found), arguments.Integer(Offset.Name), arguments.Integer(Limit.Name), found.SecretsRedacted);
    }

    private static async ValueTask<ArchivedRecall> FindAsync(
        IArchive archive, string handle, string? session, CancellationToken cancellationToken)
    {
        try
        {
            return await OriginalReader.FindAsync(archive, handle, session, cancellationToken).ConfigureAwait(false)
                ?? throw new ToolException("the archive holds no original under "
                    + $"{handle}{(session is null ? "" : $" in the session '{session}'")}. Copy the handle as it stands in the text; "
                    + "search_history finds originals by words.");
        }
        catch (FormatException e)
        {
            throw new ToolException($"the argument '{Subject.Name}': {e.Message}", e);
        }
    }

    private static string TextOf(ArchivedRecall found)
    {
        if (found.Content is { } content)
            return MessageText.Of(content)
                ?? (content as UriContent)?.Uri.OriginalString
                    ?? $"[{content.GetType().Name}: no text. 'strata recall' writes it to a file.]";
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        RecallText.Write(text, found.Messages);
        return text.ToString();
    }

    private static CallToolResult Page(string text, int offset, int limit, int secrets)
    {
        if (offset > text.Length || (offset == text.Length && offset > 0))
            throw new ToolException(
                string.Create(CultureInfo.InvariantCulture,
                    $"the argument '{Offset.Name}': the original has {text.Length:N0} chars; give 0 to "
                        + $"{Math.Max(0, text.Length - 1):N0}."));

        // A page that began or ended within a surrogate pair would hold half a letter.
        var end = (int)Math.Min(text.Length, (long)offset + limit);
        if (end < text.Length && end - offset > 1 && char.IsHighSurrogate(text[end - 1]))
            end--;
        List<string> notes = [];
        if (offset > 0 || end < text.Length)
            notes.Add(
                FormattableString.Invariant(
                    $"chars {offset} to {end} of {text.Length}{(end < text.Length ? $"; nextOffset: {end}" : "")}"));
        if (secrets > 0)
            notes.Add(FormattableString.Invariant($"{secrets} secrets are placeholders"));
        return ToolResults.Of(notes.Count == 0 ? [text[offset..end]] : [text[offset..end], $"[{string.Join("; ", notes)}]"]);
    }
}

using Microsoft.Extensions.AI;
using Strata.Cli.Files;
using Strata.Formats;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary>Says what another format has no place for. Nothing is guessed: what would be written is read back.</summary>
internal static class Conversion
{
    public static async ValueTask<IReadOnlyList<string>> LossesAsync(
        SessionFile file, ISessionFormat to, IReadOnlyList<OutgoingMessage> messages, MessageCounter counter,
        CancellationToken cancellationToken)
    {
        if (ReferenceEquals(to, file.Format) || messages.Count == 0)
            return [];
        using var written = new MemoryStream();
        await to.WriteAsync(file.Document, messages, written, cancellationToken).ConfigureAwait(false);
        written.Position = 0;
        var back = await to.ReadAsync(written, cancellationToken).ConfigureAwait(false);

        var losses = new List<string>();
        var reasoning = Reasoning(messages.Select(message => message.Message), counter) - Reasoning(back.Messages, counter);
        if (reasoning > 0)
            losses.Add(
                FormattableString.Invariant($"{to.Name} has no place for this reasoning: {reasoning:N0} tokens of it were left out."));
        if (file.Document.Options?.Tools is { Count: > 0 } tools && back.Options?.Tools is not { Count: > 0 })
            losses.Add(FormattableString.Invariant($"{to.Name} has no place for tool definitions: {tools.Count:N0} were left out."));
        if (file.Document.Options?.Instructions is { Length: > 0 } && back.Options?.Instructions is null
            && !back.Messages.Any(message => message.Role == ChatRole.System))
            losses.Add($"{to.Name} has no place for instructions: they were left out.");
        return losses;
    }

    private static int Reasoning(IEnumerable<ChatMessage> messages, MessageCounter counter) =>
        messages.Sum(message => counter.Count(message).Reasoning);
}

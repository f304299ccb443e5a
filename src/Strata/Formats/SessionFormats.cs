using Strata.Formats.AiSdk;
using Strata.Formats.Anthropic;
using Strata.Formats.ClaudeCode;
using Strata.Formats.Codex;
using Strata.Formats.Gemini;
using Strata.Formats.Json;
using Strata.Formats.Jsonl;
using Strata.Formats.Meai;
using Strata.Formats.Ollama;
using Strata.Formats.OpenAIChat;
using Strata.Formats.OpenAIResponses;
using Strata.Formats.OpenCode;
using Strata.Formats.Pi;

namespace Strata.Formats;

/// <summary>All session formats by name, and the choice among them from a file's content.</summary>
public static class SessionFormats
{
    /// <summary>How many leading bytes tell a file of lines.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>Every format, the more specific before the more general.</summary>
    public static IReadOnlyList<ISessionFormat> All { get; } =
    [
        new ClaudeCodeFormat(),
        new CodexFormat(),
        new PiFormat(),
        new GeminiFormat(),
        new OpenCodeFormat(),
        new MeaiFormat(),
        new AiSdkFormat(),
        new AnthropicFormat(),
        new OllamaFormat(),
        new OpenAIResponsesFormat(),
        new OpenAIChatFormat(),
    ];

    /// <summary>The format called <paramref name="name"/>; null when there is none.</summary>
    public static ISessionFormat? Find(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The format that is surest of <paramref name="bytes"/>, a whole file or its beginning; null when none recognizes it. Lines are
    /// told by the first
    /// <see cref="HeadLength"/> bytes; one JSON document is told by all that is given.
    /// </summary>
    public static ISessionFormat? Detect(ReadOnlySpan<byte> bytes) =>
        Choose(bytes[..Math.Min(bytes.Length, HeadLength)], BodyEvidence.Collect(bytes)).Format;

    /// <summary>
    /// Finds the format of a session from its shape. Where the first bytes are not of a file of lines, the whole input is looked at, a
    /// piece at a time.
    /// </summary>
    /// <param name="input">Is read from where it stands, up to its end where that is needed; it stays open.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async ValueTask<SessionDetection> DetectAsync(Stream input, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(input);
        var buffer = new byte[HeadLength];
        var filled = await input.ReadAtLeastAsync(buffer, HeadLength, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        var head = buffer.AsSpan(0, filled).ToArray();
        var evidence = new BodyEvidence();
        var used = evidence.Add(head);
        while (filled > 0 && evidence.WantsMore)
        {
            var rest = filled - used;
            buffer.AsSpan(used, rest).CopyTo(buffer);
            if (rest == buffer.Length)
                Array.Resize(ref buffer, buffer.Length * 2);   // a value that is longer than the buffer
            var read = await input.ReadAsync(buffer.AsMemory(rest), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                break;
            filled = rest + read;
            used = evidence.Add(buffer.AsSpan(0, filled));
        }

        return Choose(head, evidence);
    }

    private static SessionDetection Choose(ReadOnlySpan<byte> head, BodyEvidence evidence)
    {
        ISessionFormat? best = null;
        var certainty = 0.0;
        foreach (var format in All)
        {
            if ((format is BodyFormat body ? body.Detect(evidence) : format.Detect(head)) is var found && found > certainty)
                (best, certainty) = (format, found);
        }

        return new SessionDetection(best, best is null ? OtherShapes.Describe(evidence) ?? JsonlHead.DescribeLines(head) : null);
    }
}

/// <summary>What a file was found to be.</summary>
/// <param name="Format">The format that is surest of it; null when none recognizes it.</param>
/// <param name="Hint">Where none does: what it looks like and how to make it readable, in sentences; null when that is not known.</param>
public sealed record SessionDetection(ISessionFormat? Format, string? Hint);

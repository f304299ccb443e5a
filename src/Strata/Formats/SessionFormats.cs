using Strata.Formats.Anthropic;
using Strata.Formats.ClaudeCode;
using Strata.Formats.Codex;
using Strata.Formats.Gemini;
using Strata.Formats.Ollama;
using Strata.Formats.OpenAIChat;
using Strata.Formats.OpenAIResponses;
using Strata.Formats.OpenCode;
using Strata.Formats.Pi;

namespace Strata.Formats;

/// <summary>All session formats by name, and the choice among them from a file's content.</summary>
public static class SessionFormats
{
    /// <summary>How many leading bytes detection looks at.</summary>
    public const int HeadLength = 64 * 1024;

    /// <summary>Every format, the more specific before the more general.</summary>
    public static IReadOnlyList<ISessionFormat> All { get; } =
    [
        new ClaudeCodeFormat(),
        new CodexFormat(),
        new PiFormat(),
        new GeminiFormat(),
        new OpenCodeFormat(),
        new AnthropicFormat(),
        new OllamaFormat(),
        new OpenAIResponsesFormat(),
        new OpenAIChatFormat(),
    ];

    /// <summary>The format called <paramref name="name"/>; null when there is none.</summary>
    public static ISessionFormat? Find(string name) =>
        All.FirstOrDefault(format => string.Equals(format.Name, name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The format that is surest of <paramref name="head"/>; null when none recognizes it.</summary>
    public static ISessionFormat? Detect(ReadOnlySpan<byte> head)
    {
        ISessionFormat? best = null;
        var certainty = 0.0;
        foreach (var format in All)
        {
            if (format.Detect(head) is var found && found > certainty)
                (best, certainty) = (format, found);
        }

        return best;
    }
}

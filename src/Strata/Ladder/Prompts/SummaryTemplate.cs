using System.Security.Cryptography;
using System.Text;
using Strata.Text;

namespace Strata.Ladder.Prompts;

/// <summary>What a model is told about how to write a summary: the system message. Immutable.</summary>
/// <remarks>
/// Placeholders are <c>{language}</c>, <c>{max_words}</c>, <c>{max_tokens}</c>, <c>{what}</c>, <c>{task}</c> and <c>{sections}</c>; braces
/// are written
/// <c>{{</c> and <c>}}</c>. What every prompt needs (that the source is data, where it begins and ends, the request behind it) is added to
/// any template. With <c>{what}</c> or <c>{task}</c> the system message differs from call to call, and a provider's prompt cache does not
/// help.
/// </remarks>
public sealed class SummaryTemplate
{
    private readonly List<TemplatePart> _parts;

    private SummaryTemplate(string text, IReadOnlyList<string>? sections)
    {
        Text = text;
        _parts = TemplateParser.Parse(text);
        RequiredSections =
            sections ?? [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("## ", StringComparison.Ordinal))];
        Version = VersionOf(text, RequiredSections);
    }

    public string Text { get; }

    /// <summary>Headings that a summary must have, each a line as it is written there.</summary>
    public IReadOnlyList<string> RequiredSections { get; }

    /// <summary>12 hexadecimal digits that change with whatever a model is told by this template.</summary>
    public string Version { get; }

    /// <summary>Reads a template.</summary>
    /// <param name="text">The system message with placeholders.</param>
    /// <param name="sections">Headings that a summary must have, for <c>{sections}</c>; null: the lines of the text that begin with
    /// <c>## </c>.</param>
    /// <exception cref="ArgumentException">The text is empty, or a placeholder is unknown or not closed: the message says which, where, and
    /// what is known.</exception>
    public static SummaryTemplate Parse(string text, IReadOnlyList<string>? sections = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.IsNullOrWhiteSpace(text)
            ? throw new ArgumentException(
                "The template is empty. Say how to summarize, or leave it out: then the level's own is used.", nameof(text))
            : new SummaryTemplate(text.ReplaceLineEndings("\n").Trim(), sections is null ? null : [.. sections]);
    }

    /// <summary>A template of plain words: braces in it are braces, and no headings are asked for.</summary>
    /// <exception cref="ArgumentException">The text is empty.</exception>
    public static SummaryTemplate Plain(string prompt)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        return Parse(
            prompt.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal), sections: []);
    }

    internal string Render(PromptValues values)
    {
        var rendered = new StringBuilder();
        foreach (var part in _parts)
            rendered.Append(part.Placeholder is { } name ? ValueOf(name, values) : part.Text);
        return rendered.ToString();
    }

    private string ValueOf(string name, PromptValues values) => name switch
    {
        "language" => LanguageNames.Of(values.Language),
        "max_words" => FormattableString.Invariant($"{values.MaxWords}"),
        "max_tokens" => FormattableString.Invariant($"{values.MaxTokens}"),
        "what" => OneLine.Of(values.What, 120),
        "task" => values.Task is { } task ? SourceText.Quoted(task) : "not known",
        _ => string.Join('\n', RequiredSections),
    };

    private static string VersionOf(string text, IReadOnlyList<string> sections)
    {
        var all = string.Join('\n', [SummaryPrompt.Version, text, .. sections]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(all)).AsSpan(0, 6));
    }
}

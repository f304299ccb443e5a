using System.Globalization;

namespace Strata.Tokens;

/// <summary>What a vendor adds around the contents of a request, in tokens, and how media are charged.</summary>
/// <remarks>docs/tokens.md names the source of every number.</remarks>
public sealed record RequestFraming
{
    /// <summary>The name <see cref="Find"/> knows it by.</summary>
    public required string Name { get; init; }

    /// <summary>Role and separators of a message.</summary>
    public int PerMessage { get; init; }

    /// <summary>A message that carries an author's name, besides the name itself.</summary>
    public int PerName { get; init; }

    /// <summary>Once a request: what primes the answer.</summary>
    public int PerRequest { get; init; }

    /// <summary>A tool call, besides its name and arguments.</summary>
    public int PerToolCall { get; init; }

    /// <summary>A tool result, besides its content.</summary>
    public int PerToolResult { get; init; }

    /// <summary>The declaration of a tool, besides its name, description and parameters.</summary>
    public int PerTool { get; init; }

    /// <summary>Once a request that declares tools: e.g. the system prompt that Anthropic adds.</summary>
    public int PerToolRequest { get; init; }

    /// <summary>Each result of a <see cref="Microsoft.Extensions.AI.ChatRole.Tool"/> message travels as a message of its own.</summary>
    public bool ToolResultIsMessage { get; init; }

    /// <summary>Parameters are shown to the model as type declarations and not as JSON schema, which is shorter.</summary>
    public bool ToolsAsTypes { get; init; }

    public MediaRules Media { get; init; } = MediaRules.None;

    /// <summary>Nothing is added: the sum of the contents.</summary>
    public static RequestFraming None { get; } = new() { Name = "none" };

    /// <summary>The OpenAI cookbook: 3 a message, 1 a name, 3 a request, 7 a function, 12 for having functions.</summary>
    public static RequestFraming OpenAI { get; } = new()
    {
        Name = "openai",
        PerMessage = 3,
        PerName = 1,
        PerRequest = 3,
        PerToolCall = 3,
        PerTool = 7,
        PerToolRequest = 12,
        ToolResultIsMessage = true,
        ToolsAsTypes = true,
        Media = MediaRules.OpenAI,
    };

    /// <summary>
    /// A request with tools brings 346 tokens of system prompt (tool choice auto). A call, its result and their two messages cost 83 tokens
    /// besides their contents, measured on recorded sessions.
    /// </summary>
    public static RequestFraming Anthropic { get; } = new()
    {
        Name = "anthropic",
        PerMessage = 4,
        PerRequest = 3,
        PerToolCall = 45,
        PerToolResult = 30,
        PerTool = 12,
        PerToolRequest = 346,
        Media = MediaRules.Anthropic,
    };

    public static RequestFraming Google { get; } = new()
    {
        Name = "google",
        PerMessage = 1,
        PerToolCall = 4,
        PerToolResult = 4,
        PerTool = 4,
        Media = MediaRules.Google,
    };

    /// <summary>
    /// Open-weight models rendered by a chat template: five tokens around a message in ChatML and in the Llama 3 template, at most five to
    /// open the answer.
    /// </summary>
    public static RequestFraming ChatTemplate { get; } = new()
    {
        Name = "chat-template",
        PerMessage = 5,
        PerRequest = 5,
        PerToolCall = 10,
        PerToolResult = 4,
        PerTool = 8,
        PerToolRequest = 150,
        ToolResultIsMessage = true,
        Media = MediaRules.OpenAI,
    };

    /// <summary>
    /// The framing of that name, or null: none, openai, openai-2023, openai-4o-mini, openai-patch-1.62 …, anthropic, google, chat-template.
    /// </summary>
    public static RequestFraming? Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        const string patches = "openai-patch-";
        return name switch
        {
            "none" => None,
            "openai" => OpenAI,
            "openai-2023" => OpenAI with { Name = name, PerTool = 10 },
            "openai-4o-mini" => OpenAI with { Name = name, Media = MediaRules.OpenAI4oMini },
            "anthropic" => Anthropic,
            "google" => Google,
            "chat-template" => ChatTemplate,
            _ when name.StartsWith(patches, StringComparison.Ordinal)
                && decimal.TryParse(
                    name.AsSpan(patches.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var factor)
                && factor is > 0 and < 1000 => OpenAI with { Name = name, Media = MediaRules.OpenAIPatches((int)(factor * 100)) },
            _ => null,
        };
    }
}

using System.Buffers;
using static Strata.Transcripts.Voices.WrapperForm;

namespace Strata.Transcripts.Voices;

/// <summary>The wrappers of the clients that are known, each as the client writes it.</summary>
/// <remarks>
/// The rows belong to clients, not to session formats: a request body in the format of a vendor carries the wrappers of the client that
/// sent it. So every row counts for every conversation.
/// </remarks>
internal static class ClientWrappers
{
    // What Claude Code writes behind a message that was typed while the agent worked.
    private static readonly string[] BehindTyped =
        ["\n\nThis is how Claude Code surfaces", "\n\nIMPORTANT: After completing", "\n\nPlease address this message"];

    private static readonly ClientWrapper[] ClaudeCode =
    [
        new(Tag, "system-reminder"),
        new(Tag, "command-args") { IsOfTheUser = true },
        new(Tag, "user-memory-input") { IsOfTheUser = true },
        new(Tag, "command-*"),
        new(Tag, "local-command-*"),
        new(Tag, "task-notification"),
        new(Tag, "teammate-message"),
        new(Tag, "ide_*"),
        new(Tag, "new-diagnostics"),
        new(Tag, "user-prompt-submit-hook"),
        new(Tag, "session-start-hook"),
        new(Tag, "bash-input"),
        new(Tag, "bash-stdout"),
        new(Tag, "bash-stderr"),
        new(Block, "Caveat: The messages below"),
        new(Block, "[Request interrupted"),
        new(Block, "[SYSTEM NOTIFICATION - NOT USER INPUT]"),
        new(Block, "Stop hook feedback"),
        new(Block, "Codebase and user instructions are shown below") { IsSentOnce = true },
        new(Block, "The following deferred tools are now available") { IsSentOnce = true },
        new(Block, "Available agent types for the Agent tool") { IsSentOnce = true },
        new(Block, "The following skills are available") { IsSentOnce = true },
        new(Block, "Base directory for this skill", Words: "\nARGUMENTS:"),
        new(Block, "The user sent a new message while you were working:", Words: ":") { WordsEnds = BehindTyped },
        new(Block, "The user sent the following message:", Words: ":") { WordsEnds = BehindTyped },
    ];

    private static readonly ClientWrapper[] Codex =
    [
        new(Tag, "environment_context") { IsSentOnce = true },
        new(Tag, "user_instructions") { IsSentOnce = true },
        new(Tag, "permissions instructions") { IsSentOnce = true },
        new(Tag, "skills_instructions") { IsSentOnce = true },
        new(Tag, "collaboration_mode") { IsSentOnce = true },
        new(Block, "# AGENTS.md instructions", End: "</INSTRUCTIONS>") { IsSentOnce = true },
        new(Tag, "turn_aborted"),
        new(Tag, "skill"),
        new(Tag, "user_shell_command"),
        new(Tag, "subagent_notification"),
    ];

    private static readonly ClientWrapper[] OpenClaw =
    [
        new(Frame, "<<<BEGIN_OPENCLAW_INTERNAL_CONTEXT>>>", End: "<<<END_OPENCLAW_INTERNAL_CONTEXT>>>"),
        new(Line, "[OpenClaw heartbeat poll]"),
        new(Line, "[OpenClaw cron wake]"),
        new(Line, "HEARTBEAT_OK"),
        new(Line, "NO_REPLY"),
        new(Block, "Follow the heartbeat monitor"),
        new(Block, "Read HEARTBEAT.md if it exists"),
        new(Block, "A scheduled reminder has been triggered."),
        new(Block, "Pre-compaction memory flush."),
        new(Block, "Continue the current task from the existing transcript"),
        new(Block, "[cron:"),
    ];

    private static readonly ClientWrapper[] Others =
    [
        new(Tag, "session_context") { IsSentOnce = true },   // Gemini CLI
        new(Tag, "environment_details"),                     // Cline, Roo Code
        new(Tag, "user_message") { IsOfTheUser = true },
        new(Tag, "user_query") { IsOfTheUser = true },       // Cursor
        new(Tag, "userRequest") { IsOfTheUser = true },      // Copilot
        new(Tag, "reminderInstructions"),
        new(Tag, "environment_info"),
        new(Tag, "workspace_info"),
    ];

    private static readonly ClientWrapper[] All = [.. ClaudeCode, .. Codex, .. OpenClaw, .. Others];

    /// <summary>Commands of Claude Code that speak to the program itself: what is written behind them asks nothing of the agent.</summary>
    private static readonly HashSet<string> OwnCommands = new(StringComparer.Ordinal)
    {
        "add-dir", "agents", "clear", "compact", "config", "context", "cost", "doctor", "effort", "export", "fast", "help", "hooks", "ide",
        "login", "logout",
        "mcp", "memory", "model", "output-style", "permissions", "plugin", "rename", "resume", "rewind", "status", "statusline", "theme",
        "usage", "vim",
    };

    /// <summary>Tags and frames, which may stand anywhere in a text.</summary>
    public static IReadOnlyList<ClientWrapper> Tags { get; } = [.. All.Where(wrapper => wrapper.Form == Tag)];

    public static IReadOnlyList<ClientWrapper> Frames { get; } = [.. All.Where(wrapper => wrapper.Form == Frame)];

    private static readonly ClientWrapper[] Blocks = [.. All.Where(wrapper => wrapper.Form == Block)];

    private static readonly SearchValues<string> LineMarks =
        SearchValues.Create([.. All.Where(wrapper => wrapper.Form == Line).Select(wrapper => wrapper.Mark)], StringComparison.Ordinal);

    /// <summary>The block that <paramref name="text"/> begins; null when the text is none.</summary>
    public static ClientWrapper? BlockAt(ReadOnlySpan<char> text)
    {
        foreach (var wrapper in Blocks)
        {
            if (text.StartsWith(wrapper.Mark, StringComparison.OrdinalIgnoreCase))
                return wrapper;
        }

        return null;
    }

    /// <summary>Whether a mark that fills a line of its own stands anywhere in a text.</summary>
    public static bool HoldsLine(ReadOnlySpan<char> text) => text.ContainsAny(LineMarks);

    /// <summary>Whether all that a line says is a mark: a poll, a wake, or the acknowledgement of one.</summary>
    public static bool IsLine(ReadOnlySpan<char> line)
    {
        line = line.Trim().Trim("*`").TrimEnd('.');
        return line.IndexOfAny(LineMarks) == 0 && Array.Exists(All, Is(line.ToString()));

        static Predicate<ClientWrapper> Is(string line) => wrapper => wrapper.Form == Line && wrapper.Mark == line;
    }

    /// <summary>Whether a slash command speaks to the client and not to the agent.</summary>
    public static bool IsOwnCommand(ReadOnlySpan<char> name) =>
        OwnCommands.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name.Trim().TrimStart('/'));
}

using static Strata.Settings.SettingTexts;

namespace Strata.Settings.Rows;

/// <summary>Whose conversations these are, where originals are kept, and how a chat client compacts.</summary>
internal static class HostRows
{
    public static IReadOnlyList<Setting> All { get; } =
    [
        Row.Chat(
            "agent_id", "Whose conversation it is, in reports.", "not said", "damon", Line, (options, id) => options with { AgentId = id })
            with { NotOnCommandLine = null, ValueName = "ID" },
        Row.Of("archive", "Where originals are kept: a file or a server; a host also takes memory and none.",
            "strata/archive.db in the user's data folder", "memory", Line)
            with { NotInFile = "a file of somebody else's could send conversations to a place of its choice" },
        Row.Of("tenant", "Whose archive it is where several share one store.", "the unnamed one", "blue", Line)
            with { NotOnCommandLine = "the command line reads the archive of one person" },
        Row.Of("redact_secrets", "Placeholders for keys, passwords and tokens before anything is archived.", "true", "false", Flag)
            with { NotOnCommandLine = "--keep-secrets says it for one compaction" },
        Row.Chat(
            "background_compaction", "Compacts beside the conversation before the threshold is reached.",
            "where models write summaries", "true", Flag,
            (options, flag) => options with { Background = flag }),
        Row.Chat(
            "background_share", "The share of the threshold at which that begins.", "85%", "80%", Share,
            (options, share) => options with { BackgroundShare = share }),
        Row.Chat(
            "background_wait", "The longest that a call waits for such a summary; then level 0 compacts.", "20s", "5s", Duration,
            (options, time) => options with { BackgroundWait = time }),
        Row.Chat(
            "throw_when_cannot_fit", "Throws instead of sending what does not fit the window.", "false", "true", Flag,
            (options, flag) => options with { ThrowWhenCannotFit = flag }),
        Row.Chat(
            "max_conversations", "Conversations that a chat client remembers.", "256", "1000", text => Whole(text, 1, int.MaxValue),
            (options, conversations) => options with { MaxConversations = conversations }),
    ];
}

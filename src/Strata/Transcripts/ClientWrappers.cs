namespace Strata.Transcripts;

/// <summary>What an agent's client puts around text that it sends in the user's name.</summary>
/// <param name="Tags">Names of tags whose whole block is the client's; a trailing star stands for any ending of lower-case letters and underscores.</param>
/// <param name="Starts">Beginnings of texts that are the client's as a whole, outside of any tag.</param>
/// <remarks>
/// The rows belong to clients, not to session formats: a request body in the format of a vendor carries the wrappers of the client that sent it. So
/// every row counts for every conversation. The words are the clients' own.
/// </remarks>
internal sealed record ClientWrappers(IReadOnlyList<string> Tags, IReadOnlyList<string> Starts)
{
    public static ClientWrappers ClaudeCode { get; } = new(
        [
            "system-reminder", "command-*", "local-command-*", "task-notification", "ide_*", "user-prompt-submit-hook", "bash-input", "bash-stdout",
            "bash-stderr",
        ],
        ["Caveat: The messages below", "[Request interrupted", "Base directory for this skill", "Stop hook feedback"]);

    public static ClientWrappers Codex { get; } = new(
        ["environment_context", "user_instructions", "permissions instructions", "skills_instructions"], ["# AGENTS.md instructions for "]);

    /// <summary>One row for each client.</summary>
    public static IReadOnlyList<ClientWrappers> All { get; } = [ClaudeCode, Codex];
}

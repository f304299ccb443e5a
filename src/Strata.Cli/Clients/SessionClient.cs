namespace Strata.Cli.Clients;

/// <summary>The program that writes session files of a format and reads them again when it resumes.</summary>
/// <param name="Format">The format's name.</param>
/// <param name="Name">For people.</param>
/// <param name="Programs">What its processes are called.</param>
internal sealed record SessionClient(string Format, string Name, IReadOnlyList<string> Programs)
{
    private static readonly SessionClient[] All =
    [
        new("claude-code", "Claude Code", ["claude"]),
        new("codex", "Codex", ["codex"]) { Replaced = CodexHistory.Forget },
        new("pi", "pi", ["pi", "openclaw"]),
        new("gemini-cli", "Gemini CLI", ["gemini"]),
    ];

    /// <summary>
    /// What it keeps beside a session's file, set right once the file (full path) of the session (id) was replaced; returns what the user
    /// should know, a sentence each. Null where it keeps nothing.
    /// </summary>
    public Func<string, string, IReadOnlyList<string>>? Replaced { get; private init; }

    /// <summary>Null for a format that no known program resumes from its file.</summary>
    public static SessionClient? Find(string format) => All.FirstOrDefault(client => client.Format == format);
}

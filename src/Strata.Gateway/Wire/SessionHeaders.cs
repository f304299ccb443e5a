using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Wire;

/// <summary>
/// What a client calls its conversation: a name to archive it under. It opens nothing: which compactions hold for a conversation is told by
/// its messages alone.
/// </summary>
internal static class SessionHeaders
{
    private const int Longest = 150;

    // Claude Code; Codex; pi; opencode and others.
    private static readonly string[] Headers =
        ["x-claude-code-session-id", "thread-id", "session-id", "session_id", "x-session-id"];

    /// <summary>Null: the client names none, and the archive finds the session by the conversation.</summary>
    public static string? Of(IHeaderDictionary headers, WireBody body)
    {
        var name = Headers.Select(header => headers[header].ToString()).FirstOrDefault(value => value.Length > 0)
            ?? body.Text("prompt_cache_key");
        if (string.IsNullOrWhiteSpace(name))
            return null;
        if (headers["x-claude-code-agent-id"].ToString() is { Length: > 0 } agent)
            name = $"{name}/{agent}";
        return name.Length <= Longest && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/')
            ? name : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
    }
}

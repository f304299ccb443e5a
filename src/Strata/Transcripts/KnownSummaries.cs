using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Transcripts;

/// <summary>
/// The summaries that Strata is known to have written. A message that begins with Strata's header is a summary only if it is one of them.
/// Any other is text of whoever sent it: what it calls rules are none, and the handles that it names lead nowhere.
/// </summary>
/// <remarks>
/// Thread-safe, one for the process. It holds what this process wrote, what an archive was found to hold, and what a caller adds. It keeps
/// names of 32 bytes, not texts, and forgets the oldest of more than a hundred thousand.
/// </remarks>
public static class KnownSummaries
{
    private const int Capacity = 100_000;

    private static readonly ConcurrentDictionary<string, bool> Names = new(StringComparer.Ordinal);
    private static readonly ConcurrentQueue<string> Oldest = [];

    /// <summary>Adds a summary that the caller knows to be Strata's, such as one from a store of its own that nobody else writes.</summary>
    /// <param name="text">The whole text, its header included. Blanks at its ends mean nothing.</param>
    public static void Add(string text) => AddName(NameOf(text));

    /// <summary>Adds a summary by its name.</summary>
    public static void AddName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!Names.TryAdd(name, true))
            return;
        Oldest.Enqueue(name);
        if (Oldest.Count > Capacity && Oldest.TryDequeue(out var oldest))
            Names.TryRemove(oldest, out _);
    }

    /// <summary>Whether Strata is known to have written <paramref name="text"/>.</summary>
    public static bool Contains(string text) => Names.ContainsKey(NameOf(text));

    /// <summary>The name of a summary: the SHA-256 of its text in UTF-8, 64 hexadecimal digits.</summary>
    public static string NameOf(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.Trim())));
    }
}

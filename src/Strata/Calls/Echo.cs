using System.Text;
using Microsoft.Extensions.AI;

namespace Strata.Calls;

/// <summary>Finds text that was sent in what came back: servers quote a request they do not like.</summary>
internal static class Echo
{
    /// <summary>Letters and digits in a row that are no coincidence any more: about five words.</summary>
    private const int Window = 24;

    /// <summary>Only letters and digits are compared: quotes come back escaped, wrapped and in other white space.</summary>
    public static string Remove(string text, IReadOnlyList<ChatMessage> sent)
    {
        var (letters, places) = Squeeze(text);
        if (letters.Length < Window)
            return text;
        var windows = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + Window <= letters.Length; i++)
            windows.Add(letters.Substring(i, Window));
        var found = FindIn(sent, windows);
        if (found.Count == 0)
            return text;

        var isEcho = new bool[text.Length];
        for (var i = 0; i + Window <= letters.Length; i++)
        {
            if (found.Contains(letters.Substring(i, Window)))
                isEcho.AsSpan(places[i], places[i + Window - 1] - places[i] + 1).Fill(true);
        }

        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (!isEcho[i])
                kept.Append(text[i]);
            else if (i == 0 || !isEcho[i - 1])
                kept.Append('…');
        }

        return kept.ToString();
    }

    private static HashSet<string> FindIn(IReadOnlyList<ChatMessage> sent, HashSet<string> windows)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var lookup = windows.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var message in sent)
        {
            var letters = Squeeze(message.Text).Letters.AsSpan();
            for (var i = 0; i + Window <= letters.Length; i++)
            {
                if (lookup.TryGetValue(letters.Slice(i, Window), out var window))
                    found.Add(window);
            }
        }

        return found;
    }

    private static (string Letters, int[] Places) Squeeze(string text)
    {
        var letters = new StringBuilder(text.Length);
        var places = new int[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsLetterOrDigit(text[i]))
                continue;
            places[letters.Length] = i;
            letters.Append(char.ToLowerInvariant(text[i]));
        }

        return (letters.ToString(), places);
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;

namespace Strata.Cli.Commands;

/// <summary>Options whose value is one of a list: checked, completed, and the nearest name suggested.</summary>
internal static class KnownNames
{
    public static Option<string> Option(string name, string what, IEnumerable<string> known, string description)
    {
        string[] names = [.. known];
        var option = new Option<string>(name) { Description = description, HelpName = what.ToUpperInvariant() };
        option.CompletionSources.Add(names);
        option.Validators.Add(result => Check(result, what, names));
        return option;
    }

    /// <summary>The name that was most likely meant; null when none is near.</summary>
    public static string? Nearest(string typed, IEnumerable<string> known)
    {
        var nearest = known.Select(name => (Name: name, Distance: Distance(Plain(typed), Plain(name)))).OrderBy(near => near.Distance).FirstOrDefault();
        return nearest.Name is not null && nearest.Distance <= Math.Max(2, nearest.Name.Length / 3) ? nearest.Name : null;
    }

    private static void Check(OptionResult result, string what, string[] known)
    {
        foreach (var typed in result.Tokens.Select(token => token.Value))
        {
            if (known.Contains(Plain(typed), StringComparer.OrdinalIgnoreCase))
                continue;
            var hint = Nearest(typed, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            result.AddError($"there is no {what} '{typed}'.{hint} Known: {string.Join(", ", known)}.");
        }
    }

    private static string Plain(string name) => name.Replace('_', '-').ToLowerInvariant();

    // Levenshtein, by rows.
    private static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1)));
        }

        return row[^1];
    }
}

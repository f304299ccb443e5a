using System.Buffers;

namespace Strata.Reducing;

/// <summary>Names in a call that its output is searched for: ids and quoted words, not paths and options.</summary>
internal sealed class AskedNames
{
    private const int Most = 8;

    private static readonly AskedNames None = new(null);

    private readonly SearchValues<string>? _names;

    private AskedNames(SearchValues<string>? names) => _names = names;

    public static AskedNames Of(ToolOutput output)
    {
        if ((output.Command ?? output.Arguments) is not { Length: < 4_000 } command)
            return None;
        var names = new List<string>();
        foreach (var range in command.AsSpan().SplitAny(" '\"=:,;|()<>[]{}\n\t"))
        {
            var word = command.AsSpan(range);
            // An id has letters and digits; a path, an option or a size ("2>&1", "-n200") is none.
            if (names.Count < Most && word.Length is >= 5 and <= 64 && word[0] is not ('-' or '/' or '.' or '$') && !word.Contains('/')
                && word.ContainsAnyInRange('0', '9') && !word.ContainsAny("&$*"))
                names.Add(word.ToString());
        }

        return names.Count == 0 ? None : new AskedNames(SearchValues.Create([.. names], StringComparison.Ordinal));
    }

    public bool StandIn(ReadOnlySpan<char> text) => _names is not null && text.ContainsAny(_names);
}

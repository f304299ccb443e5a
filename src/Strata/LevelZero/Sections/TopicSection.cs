using Strata.Facts.Names;

namespace Strata.LevelZero.Sections;

/// <summary>Names that no entry holds yet, under their files, with the words that stood beside them.</summary>
internal static class TopicSection
{
    public const double Share = 0.6;

    // A name costs its separator and its part of the words beside its own length.
    private const double NameCost = 8;

    private const int ManyHumps = 3;
    private const double ShortHump = 2.5;

    // Fewer chars than this per name are not reached; it bounds the work.
    private const int LeastCharsPerName = 10;

    // Behind the lines of a file.
    private const int AfterLines = 1 << 30;

    public static void Add(SummaryPage page, IdentifierTable identifiers, FileEntries files, int room)
    {
        var names = Ranked(page, identifiers, room);
        if (names.Count == 0)
            return;
        var words = new ContextWords(identifiers);
        var around = names.ToDictionary(name => name, words.Around);
        var builder = new TopicBuilder(words, around, Shown);
        var count = Most(names.Count, n => Lines(n).Sum(line => page.Counter.Count(line.Text) + 1) <= room);
        foreach (var (file, first, text) in Lines(count))
        {
            var fits = file is { } index
                ? page.AddLine(SummaryFormat.Files, (index, AfterLines + first), text, ref room)
                : page.Add(SummaryFormat.OtherNames, (first, 0), text[SummaryFormat.Topic.Length..], ref room);
            if (fits)
                page.Selector.Cover(text);
        }

        string Shown(int name) =>
            identifiers.KindOf(name) == IdentifierKind.Quoted ? $"`{identifiers[name]}`" : files.Shorten(identifiers[name]);

        IEnumerable<(int? File, int First, string Text)> Lines(int n)
        {
            foreach (var home in names.Take(n).Order().GroupBy(name => files.IndexOf(identifiers.HomeOf(name)))
                .OrderBy(home => home.Key ?? int.MaxValue))
            {
                foreach (var topic in builder.Build(home))
                    yield return (home.Key, topic.Names[0],
                        SummaryFormat.Topic + (topic.Words.Length > 0 ? topic.Words + ": " : "")
                            + string.Join(", ", topic.Names.Select(Shown)));
            }
        }
    }

    /// <summary>Tokens that all names would take.</summary>
    public static int Need(SummaryPage page, IdentifierTable identifiers) =>
        Enumerable.Range(0, identifiers.Count).Where(name => !page.Selector.IsCovered(name) && SaysSomething(identifiers, name))
            .Sum(name => identifiers[name].Length + (int)NameCost) / 4;

    private static List<int> Ranked(SummaryPage page, IdentifierTable identifiers, int room) =>
        [.. Enumerable.Range(0, identifiers.Count)
            .Where(name => !page.Selector.IsCovered(name) && SaysSomething(identifiers, name))
            .OrderByDescending(name => identifiers.ValueOf(name) / (identifiers[name].Length + NameCost)).ThenBy(name => name)
            .Take(Math.Max(1, room * 4 / LeastCharsPerName))];

    // Blob ids, line numbers and hashes that only tools printed are noise, and so are the keys of their objects, however often they stand
    // there.
    private static bool SaysSomething(IdentifierTable identifiers, int name)
    {
        if (identifiers.IsKeyOnly(name) || identifiers.IsOfTools(name) || IsEscaped(identifiers[name]))
            return false;
        if (identifiers.IsUsed(name))
            return true;
        return identifiers.KindOf(name) switch
        {
            IdentifierKind.Number => false,
            IdentifierKind.Id => identifiers.IsOfNewest(name),
            _ => !LooksRandom(identifiers[name]) && !identifiers[name].Contains("/.git/objects/", StringComparison.Ordinal),
        };
    }

    // "end.\nNext" of a string in code looks like a path; C:\temp is one.
    private static bool IsEscaped(string name) => name.Contains('\\', StringComparison.Ordinal) && (name.Length < 3 || name[1] != ':');

    // qFdS05 of a nonce, and not getUserById: its humps have hardly two letters.
    private static bool LooksRandom(string name)
    {
        var humps = 1;
        var chars = 0;
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i]))
                continue;
            chars++;
            var starts =
                i > 0 && (ClassOf(name[i]) is var now && ClassOf(name[i - 1]) is var before && now != before && !(now == 1 && before == 2));
            humps += starts ? 1 : 0;
        }

        return humps >= ManyHumps && chars < humps * ShortHump && name.AsSpan().IndexOfAny('/', '.', '-') < 0;

        static int ClassOf(char c) => char.IsAsciiLetterLower(c) ? 1 : char.IsAsciiLetterUpper(c) ? 2 : char.IsAsciiDigit(c) ? 3 : 0;
    }

    private static int Most(int count, Func<int, bool> fits)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (fits(middle))
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }
}

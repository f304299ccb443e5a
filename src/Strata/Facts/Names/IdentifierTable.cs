using Strata.Text;

namespace Strata.Facts.Names;

/// <summary>Every identifier of the groups to summarize, and how likely the turns to come need it again.</summary>
internal sealed class IdentifierTable
{
    // A token is about four chars in code and English; the weights only need an order of magnitude.
    private const double CharsPerToken = 4;

    private const int LongestLookedAt = 20_000;

    private const int PartLength = 1024;

    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<Entry[]> _entries = [];   // parts that never move: a session can have a hundred thousand names
    private readonly List<int> _found = [];
    private readonly List<Source> _sources = [];
    private readonly List<long> _starts = [];
    private readonly HashSet<string> _ofTools = new(StringComparer.OrdinalIgnoreCase);
    private ILookup<string, string>? _textsOfFiles;
    private long _chars;
    private double[]? _values;

    public IdentifierTable() => _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();

    public int Count { get; private set; }

    public string this[int number] => At(number).Text;

    public IdentifierKind KindOf(int number) => At(number).Kind;

    /// <summary>
    /// Whether the user or the assistant has it in words or calls of their own; false where only tools, files or earlier summaries do.
    /// </summary>
    public bool IsMentioned(int number) => At(number).IsMentioned;

    /// <summary>Whether the user or the assistant named it, in text or in a call.</summary>
    public bool IsUsed(int number) => At(number).ByUser || At(number).AgentGroups > 0;

    /// <summary>Whether it stands in the newest group, so that the assistant may still take it up.</summary>
    public bool IsOfNewest(int number) => At(number).LastGroup == _sources[^1].Group;

    /// <summary>Whether it only names the values of JSON objects.</summary>
    public bool IsKeyOnly(int number) => !At(number).IsMoreThanAKey;

    /// <summary>Whether it is the name of a tool or of an argument, which the model is told with every request.</summary>
    public bool IsOfTools(int number) => _ofTools.Contains(At(number).Text);

    /// <summary>Whether a word is the name of a tool or of an argument, in any case.</summary>
    public bool IsToolName(string word) => _ofTools.Contains(word);

    /// <summary>Whether a word stands in what was read from a file or written to it.</summary>
    public bool Holds(string file, string word)
    {
        _textsOfFiles ??= _sources.Where(source => source is { File: not null, Speaker: Speaker.Tool or Speaker.Written })
            .ToLookup(source => source.File!, source => source.Text);
        return _textsOfFiles[file]
            .Any(text => text.AsSpan(0, Math.Min(text.Length, LongestLookedAt)).Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Null when the session does not name it.</summary>
    public int? NumberOf(string name) => _numbers.TryGetValue(name, out var number) ? number : null;

    public void AddOfTools(string name) => _ofTools.Add(name);

    /// <summary>
    /// The file in whose edit it last stood, else the file that a call or its result last held it for; null when there is none.
    /// </summary>
    public string? HomeOf(int number) => At(number).Home is var home and >= 0 ? _sources[home].File : null;

    /// <summary>Paths of at least two segments that do not begin at a root.</summary>
    public IEnumerable<string> RelativePaths => Enumerable.Range(0, Count)
        .Where(number => KindOf(number) == IdentifierKind.Path && this[number][0] is not ('/' or '~' or '.')
            && this[number].Contains('/', StringComparison.Ordinal))
        .Select(number => this[number]);

    /// <summary>The last places where it stands, newest first.</summary>
    public IEnumerable<(Source Source, int Offset)> SitesOf(int number)
    {
        var (sites, occurrences) = (At(number).Sites, At(number).Occurrences);
        for (var i = 1; i <= Math.Min(occurrences, Sites.Length); i++)
            yield return PlaceOf(sites[(occurrences - i) % Sites.Length]);
    }

    /// <summary>Adds a text; its number is what its parts are read by.</summary>
    public int Add(Source source)
    {
        _sources.Add(source);
        _starts.Add(_chars);
        _chars += source.Text.Length;
        return _sources.Count - 1;
    }

    /// <summary>Notes the identifiers of a part of a text and returns them, each once.</summary>
    public int[] Read(int source, int start, int length)
    {
        var (text, speaker, _, _) = _sources[source];
        var part = text.AsSpan(start, length);
        _found.Clear();
        var scanner = new IdentifierScanner(part);
        while (scanner.MoveNext())
            Note(scanner.Current, scanner.Kind, source, start + scanner.Start);
        if (speaker is not (Speaker.User or Speaker.Assistant or Speaker.EarlierSummary))
            return _found.Count == 0 ? [] : [.. _found];
        var quotes = new QuotedCode(part);
        while (quotes.MoveNext())
            Note(quotes.Current, IdentifierKind.Quoted, source, start + quotes.Start);
        return _found.Count == 0 ? [] : [.. _found];
    }

    private void Note(ReadOnlySpan<char> name, IdentifierKind kind, int source, int offset)
    {
        var (text, speaker, group, file) = _sources[source];
        if (!_lookup.TryGetValue(name, out var number))
        {
            number = Count++;
            var known = name.ToString();
            _numbers[known] = number;
            if (number % PartLength == 0)
                _entries.Add(new Entry[PartLength]);
            At(number) =
                new Entry { Text = known, Kind = kind, FirstByAgent = IsAgent(speaker), LastGroup = -1, LastAgentGroup = -1, Home = -1 };
        }

        ref var entry = ref At(number);
        if (entry.LastGroup != group)
        {
            entry.Groups++;
            entry.LastGroup = group;
        }

        if (IsAgent(speaker) && entry.LastAgentGroup != group)
        {
            entry.AgentGroups++;
            entry.LastAgentGroup = group;
        }

        entry.IsMoreThanAKey |= !IsKey(text, offset + name.Length)
            && !(file is null && speaker == Speaker.Tool && IsHeading(text, offset, offset + name.Length));
        entry.ByUser |= speaker == Speaker.User;
        entry.InProse |= speaker is Speaker.Assistant or Speaker.EarlierSummary;
        entry.InCall |= speaker == Speaker.Call;
        entry.InResult |= speaker == Speaker.Tool;
        var site = checked((uint)(_starts[source] + offset));
        entry.Sites[entry.Occurrences++ % Sites.Length] = site;
        entry.IsMentioned |= speaker is Speaker.User or Speaker.Assistant or Speaker.Call;
        if (file is not null && (speaker == Speaker.Written || !entry.IsWritten))
        {
            entry.Home = source;
            entry.IsWritten |= speaker == Speaker.Written;
        }

        if (!_found.Contains(number) && _found.Count < MostPerText)
            _found.Add(number);
    }

    // A line or sentence with more names than this is a data dump; the rest would not make it more worth keeping.
    private const int MostPerText = 40;

    /// <summary>The identifiers of a text that the session used.</summary>
    public List<int> Find(ReadOnlySpan<char> text)
    {
        var known = new List<int>();
        var scanner = new IdentifierScanner(text);
        while (scanner.MoveNext())
        {
            if (_lookup.TryGetValue(scanner.Current, out var number))
                known.Add(number);
        }

        var quotes = new QuotedCode(text);
        while (quotes.MoveNext())
        {
            if (_lookup.TryGetValue(quotes.Current, out var number))
                known.Add(number);
        }

        return known;
    }

    /// <summary>
    /// The chance, 0 to 1, that the agent needs an identifier again: used by the agent itself, in many groups, lately. The weights were set
    /// by hand after regressions over real sessions; single ones matter little.
    /// </summary>
    public double ValueOf(int number)
    {
        _values ??= [.. Enumerable.Range(0, Count).Select(number => Value(in At(number)))];
        return _values[number];
    }

    private ref Entry At(int number) => ref _entries[number / PartLength][number % PartLength];

    private (Source Source, int Offset) PlaceOf(uint site)
    {
        var source = _starts.BinarySearch(site);
        if (source < 0)
            source = ~source - 1;
        // Texts without a char begin where the next one does.
        while (source + 1 < _starts.Count && _starts[source + 1] == site)
            source++;
        return (_sources[source], (int)(site - _starts[source]));
    }

    private double Value(ref readonly Entry entry)
    {
        var position = entry.Sites[(entry.Occurrences - 1) % Sites.Length];
        var ageTokens = (_chars - position) / CharsPerToken;
        var place = _chars == 0 ? 1 : position / (double)_chars;
        var z = (0.9 * Math.Log(1 + entry.AgentGroups))
            + (0.8 * Math.Log(entry.Groups))
            + (2.0 / (1 + (ageTokens / 15_000)))
            + (0.8 * Math.Exp(-(1 - place) / 0.3))
            + (entry.FirstByAgent ? 0.8 : 0)
            + (entry.ByUser ? 0.6 : 0)
            + (entry.InCall ? 0.4 : 0)
            + (entry.InProse ? 0.3 : 0)
            - (entry.InResult ? 0.5 : 0)
            + entry.Kind switch { IdentifierKind.Id => 1.2, IdentifierKind.Error => 1.0, IdentifierKind.Number => 0.6,
                IdentifierKind.Quoted => -0.7, _ => 0 }
            - (0.3 * entry.Text.Length / 40)
            - 5.2;
        return 1 / (1 + Math.Exp(-z));
    }

    // "name": of a JSON object says what stands behind it.
    private static bool IsKey(string text, int end) => end + 1 < text.Length && text[end] == '"' && text[end + 1] == ':';

    // name: at the beginning of a line of YAML, or of what a command describes.
    private static bool IsHeading(string text, int start, int end) =>
        end + 1 < text.Length && text[end] == ':' && (text[end + 1] is ' ' or '\n') && text.AsSpan(0, start).TrimEnd(" -") is var before
            && (before.IsEmpty || before[^1] == '\n');

    private static bool IsAgent(Speaker speaker) => speaker is Speaker.Assistant or Speaker.Call or Speaker.Written;

    private struct Entry
    {
        public string Text;
        public int Groups;
        public int AgentGroups;
        public int LastGroup;
        public int LastAgentGroup;
        public int Home;
        public int Occurrences;
        public Sites Sites;
        public IdentifierKind Kind;
        public bool IsMentioned;
        public bool FirstByAgent;
        public bool ByUser;
        public bool InProse;
        public bool InCall;
        public bool InResult;
        public bool IsWritten;
        public bool IsMoreThanAKey;
    }
}

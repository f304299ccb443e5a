using System.Text.RegularExpressions;
using Strata.LevelZero;
using Strata.Text;
using Strata.Facts.Ledgers;

namespace Strata.Ladder.Gate;

/// <summary>
/// Tells whether a text says what must be kept. In doubt it does not: an item that stands twice costs a line, one that is lost costs more.
/// </summary>
internal sealed partial class KeptMatch
{
    // Of the words that carry matter, in their order.
    private const double SameWords = .8;
    private const double SameFailure = .6;

    private readonly string _text;
    private readonly List<Sentence> _sentences = [];

    public KeptMatch(string text)
    {
        _text = text;
        var heading = false;
        foreach (var range in SentenceSplitter.Split(text))
        {
            var sentence = OneLine.Of(text.AsSpan(range));
            if (sentence.Length == 0)
                continue;
            var start = range.Start.Value;
            var line = text.AsSpan(0, start).LastIndexOf('\n') + 1;
            var isHeading = text.AsSpan(line, start - line).Contains('#') || sentence[^1] is ':' or '：'
                || (sentence.StartsWith("**", StringComparison.Ordinal) && sentence.EndsWith("**", StringComparison.Ordinal));
            if (isHeading)
                heading = LineCues.IsAboutWhatIsToDo(sentence);
            var box = text.AsSpan(line, start - line);
            var isOpen = !box.Contains("[x]", StringComparison.OrdinalIgnoreCase)
                && (heading || box.Contains("[ ]", StringComparison.Ordinal) || box.Contains("[~]", StringComparison.Ordinal)
                    || IsOpen(sentence));
            _sentences.Add(new Sentence(sentence, KeysOf(sentence), isOpen));
        }
    }

    /// <summary>Whether a line says of itself that it is still to be done.</summary>
    public static bool IsOpen(string line) => LineCues.IsAboutWhatIsToDo(line) || StillToDo().IsMatch(line);

    /// <summary>A task's own words.</summary>
    public static string WordsOfTask(string entry) => ManifestEntries.ReadTask(entry)?.Text ?? entry;

    public bool Holds(KeptItem item) => item.Kind switch
    {
        KeptKind.Rule => HoldsStatement(item.Text, IsSameRule),
        KeptKind.Fact => HoldsStatement(item.Text, static (_, _) => true),
        KeptKind.Task =>
            KeysOf(WordsOfTask(item.Text)) is var task
                && _sentences.Exists(sentence => sentence.IsOpen && Share(task, sentence.Keys) >= SameWords),
        KeptKind.Failure => HoldsFailure(item.Text),
        KeptKind.Commit => HoldsName(item.Text.AsSpan(0, Math.Min(item.Text.Length, ShortSha)), mayGoOn: true),
        _ => HoldsName(ShortOf(item.Text), mayGoOn: false),
    };

    /// <summary>Whether the text tells of an open task without saying that it is open.</summary>
    public bool SaysDone(KeptItem task) =>
        KeysOf(WordsOfTask(task.Text)) is { Length: > 1 } words
            && _sentences.Exists(sentence => !sentence.IsOpen && Share(words, sentence.Keys) >= SameWords);

    private const int ShortSha = 7;

    private bool HoldsStatement(string statement, Func<string, string, bool> isSame)
    {
        if (HoldsClause(statement))
            return true;
        foreach (var range in SentenceSplitter.Split(statement))
        {
            var part = statement[range];
            var keys = KeysOf(part);
            List<TypedValue>? values = null;
            if (!HoldsClause(part) && !_sentences.Exists(sentence => Share(keys, sentence.Keys) >= SameWords
                && (values ??= TypedValue.Find(part))
                    .TrueForAll(value => sentence.Text.Contains(value.Text, StringComparison.OrdinalIgnoreCase))
                && isSame(part, sentence.Text)))
            {
                return false;
            }
        }

        return true;
    }

    // What is rephrased is the rule only when it is a rule still, and forbids what the rule forbids.
    private static bool IsSameRule(string rule, string sentence)
    {
        if (!StatementGate.IsRule(EntryShortener.WithoutHeader(sentence)))
            return false;
        var (forbidden, words) = Forbidden(rule);
        var (alsoForbidden, _) = Forbidden(sentence);
        return forbidden.IsSubsetOf(alsoForbidden) && !alsoForbidden.Any(word => words.Contains(word) && !forbidden.Contains(word));
    }

    // The words that follow a negation, and all words.
    private static (HashSet<ulong> Forbidden, HashSet<ulong> Words) Forbidden(string sentence)
    {
        var (forbidden, words, isNegated) = (new HashSet<ulong>(), new HashSet<ulong>(), false);
        foreach (var word in WordSplitter.Split(sentence))
        {
            if (StatementGate.Prohibits(word.ToString()))
                isNegated = true;
            else if (!StopWords.Contains(word))
            {
                var key = WordKey.Of(word);
                words.Add(key);
                if (isNegated)
                    forbidden.Add(key);
                isNegated = false;
            }
        }

        return (forbidden, words);
    }

    // "use tabs" within "never use tabs" is not the rule: it has to begin and to end where something ends.
    private bool HoldsClause(string statement)
    {
        var words = statement.AsSpan().TrimEnd(" .!。！");
        if (words.IsEmpty)
            return true;
        foreach (var sentence in _sentences)
        {
            for (var at = 0; at + words.Length <= sentence.Text.Length;)
            {
                var found = sentence.Text.AsSpan(at).IndexOf(words, StringComparison.OrdinalIgnoreCase);
                if (found < 0)
                    break;
                var (start, end) = (at + found, at + found + words.Length);
                if (!EndsInAWord(sentence.Text.AsSpan(0, start)) && !StartsWithAWord(sentence.Text.AsSpan(end)))
                    return true;
                at = start + 1;
            }
        }

        return false;
    }

    private static bool EndsInAWord(ReadOnlySpan<char> text) =>
        text.TrimEnd(" \"'«»„“”*_`") is [.., var last] && (char.IsLetterOrDigit(last) || last == ',');

    private static bool StartsWithAWord(ReadOnlySpan<char> text) =>
        text.TrimStart(" \"'»“”*_`") is [var first, ..] && (char.IsLetterOrDigit(first) || first == ',');

    private bool HoldsFailure(string entry)
    {
        if (ManifestEntries.ReadError(entry) is not { } error)
            return _text.Contains(entry, StringComparison.Ordinal);
        var line = KeysOf(error.Line);
        return line.Length == 0 || _sentences.Exists(sentence => Share(line, sentence.Keys) >= SameFailure);
    }

    // A path is named by its last two segments as well.
    private static ReadOnlySpan<char> ShortOf(ReadOnlySpan<char> name)
    {
        if (name.Contains("://", StringComparison.Ordinal) || name.LastIndexOf('/') is var last && last <= 0)
            return name;
        var before = name[..last].LastIndexOf('/');
        return before < 0 ? name : name[(before + 1)..];
    }

    // 1.5 stands in 1.57 and is not named by it; a sha goes on.
    private bool HoldsName(ReadOnlySpan<char> name, bool mayGoOn)
    {
        for (var at = 0; at + name.Length <= _text.Length;)
        {
            var found = _text.AsSpan(at).IndexOf(name, StringComparison.Ordinal);
            if (found < 0)
                return false;
            var (start, end) = (at + found, at + found + name.Length);
            var isPart = (start > 0 && IsPart(_text[start - 1]) && IsPart(name[0]))
                || (!mayGoOn && end < _text.Length && IsPart(_text[end]) && IsPart(name[^1]));
            if (!isPart)
                return true;
            at = start + 1;
        }

        return false;
    }

    private static bool IsPart(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    // How many of the words stand in the other text in the same order: their longest common subsequence.
    private static double Share(ulong[] words, ulong[] others)
    {
        if (words.Length == 0)
            return 0;
        var known = 0;
        foreach (var word in words)
            known += Array.IndexOf(others, word) >= 0 ? 1 : 0;
        if (known < words.Length * SameFailure)
            return 0;
        Span<int> row = stackalloc int[MostWords + 1];
        row = row[..(others.Length + 1)];
        row.Clear();
        foreach (var word in words)
        {
            var diagonal = 0;
            for (var i = 0; i < others.Length; i++)
            {
                var above = row[i + 1];
                row[i + 1] = word == others[i] ? diagonal + 1 : Math.Max(above, row[i]);
                diagonal = above;
            }
        }

        return row[^1] / (double)words.Length;
    }

    private const int MostWords = 200;

    // Longer lines say more than one thing, and are not compared further on.
    private static ulong[] KeysOf(string text)
    {
        var keys = new List<ulong>();
        foreach (var word in WordSplitter.Split(text))
        {
            if (keys.Count < MostWords && !StopWords.Contains(word))
                keys.Add(WordKey.Of(word));
        }

        return [.. keys];
    }

    [GeneratedRegex(@"\b(?:to do|still (?:has|have|needs?|to|missing)|not yet|yet to|left to|noch (?:zu|nicht|offen|aus)"
        + @"|steht (?:noch )?aus|por hacer|falta|à faire|reste à|da fare|a fazer|do zrobienia|осталось|предстоит)\b|还没|還沒|尚未|未完|待|残り|未着手|まだ"
        + @"|아직|남은", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex StillToDo();

    private sealed record Sentence(string Text, ulong[] Keys, bool IsOpen);
}

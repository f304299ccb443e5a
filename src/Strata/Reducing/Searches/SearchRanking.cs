using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Strata.Reducing.Code;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Searches;

/// <summary>
/// Says which hits of a search are worth most: the definition of what was searched, errors, odd ones, then one of each form.
/// </summary>
internal sealed partial class SearchRanking
{
    /// <summary>Kept whatever the room.</summary>
    public const int Sure = 1;

    /// <summary>Repeats another hit but for numbers and quoted text.</summary>
    public const int Repeated = 9;

    private const int Odd = 2;
    private const int FirstOfForm = 3;
    private const int Other = 4;
    private const int TellingContext = 5;
    private const int Context = 6;

    // Above this share of the hits they are what was searched for, and none of them is special.
    private const int FewestOthers = 5;

    private const int LongestKey = 200;
    private const int LongestDefinedName = 4;

    private readonly SearchOutput _output;
    private readonly Dictionary<string, (int Hits, int Last)> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _formIndexes = new(StringComparer.Ordinal);
    private readonly List<int> _formCounts = [];
    private int _hits;

    private SearchRanking(SearchOutput output) => _output = output;

    /// <summary>The rank of each hit, 1 the best.</summary>
    public static int[] Rank(SearchOutput output) => new SearchRanking(output).Rank();

    private int[] Rank()
    {
        var hits = _output.Hits;
        var ranks = new int[hits.Count];
        var forms = new int[hits.Count];
        Count(forms);
        var definitions = 0;
        var errors = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            definitions += !hits[i].IsContext && IsDefinition(Text(hits[i])) ? 1 : 0;
            errors += !hits[i].IsContext && IsError(Text(hits[i])) ? 1 : 0;
        }

        var seenForms = new HashSet<int>();
        var seenTexts = new HashSet<string>(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> key = stackalloc char[LongestKey];
        for (var i = 0; i < ranks.Length; i++)
        {
            var text = Text(hits[i]);
            var isDefinition = IsDefinition(text);
            var isTelling = (isDefinition && definitions * FewestOthers <= _hits) || (IsError(text) && errors * FewestOthers <= _hits);
            if (hits[i].IsContext)
                ranks[i] = text.Trim().Length < 3 ? Repeated : isTelling ? TellingContext : Context;
            else if (isTelling || (isDefinition && DefinesWhatWasSearched(text)))
                ranks[i] = Sure;
            else if (!seenTexts.Add(Fold(text, key)))
                ranks[i] = Repeated;
            else
                ranks[i] = seenForms.Add(forms[i]) ? _formCounts[forms[i]] == 1 ? Odd : FirstOfForm : Other;
        }

        return ranks;
    }

    private void Count(int[] forms)
    {
        Span<char> key = stackalloc char[LongestKey];
        var indexes = _formIndexes.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var i = 0; i < forms.Length; i++)
        {
            if (_output.Hits[i].IsContext)
                continue;
            _hits++;
            var text = Text(_output.Hits[i]);
            var form = Form(text, key);
            if (!indexes.TryGetValue(form, out forms[i]))
            {
                indexes[form] = forms[i] = _formCounts.Count;
                _formCounts.Add(0);
            }

            _formCounts[forms[i]]++;
            CountWords(text);
        }
    }

    private void CountWords(ReadOnlySpan<char> text)
    {
        var lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var word in Word().EnumerateMatches(text))
        {
            ref var seen = ref CollectionsMarshal.GetValueRefOrAddDefault(lookup, text.Slice(word.Index, word.Length), out _);
            if (seen.Last != _hits)
                seen = (seen.Hits + 1, _hits);
        }
    }

    // What stands in half of the hits is what was searched for.
    private bool DefinesWhatWasSearched(ReadOnlySpan<char> text)
    {
        var lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        var seen = 0;
        foreach (var word in Word().EnumerateMatches(text))
        {
            var name = text.Slice(word.Index, word.Length);
            if (++seen > 1 && lookup.TryGetValue(name, out var found) && found.Hits * 2 >= _hits && !CodeCues.IsType(name)
                && !CodeCues.IsKeywordFunction(name))
                return true;
            if (seen > LongestDefinedName)
                return false;
        }

        return false;
    }

    private ReadOnlySpan<char> Text(SearchLine hit)
    {
        var text = _output.Lines[hit.Line][hit.TextStart..];
        return text[..Math.Min(text.Length, SourceLines.LongestLine)];
    }

    private static bool IsDefinition(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return CodeCues.IsType(text) || CodeCues.IsKeywordFunction(text) || CodeCues.IsConstant(text) || CodeCues.IsSqlDefinition(text)
            || ShortDefinition().IsMatch(text);
    }

    private static bool IsError(ReadOnlySpan<char> text) =>
        CodeCues.IsError(text.Trim()) || CodeCues.IsOpenEnd(text) || Failure().IsMatch(text);

    /// <summary>The text without its numbers and quoted words: texts with the same are near enough to be one.</summary>
    private static ReadOnlySpan<char> Fold(ReadOnlySpan<char> text, Span<char> key) => Write(text, key, namesToo: false);

    /// <summary>The text without its names as well: how it is built.</summary>
    private static ReadOnlySpan<char> Form(ReadOnlySpan<char> text, Span<char> key) => Write(text, key, namesToo: true);

    private static ReadOnlySpan<char> Write(ReadOnlySpan<char> text, Span<char> key, bool namesToo)
    {
        var length = 0;
        for (var i = 0; i < text.Length && length < key.Length; i++)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
                continue;
            if (c is '"' or '`' && text[(i + 1)..].IndexOf(c) is >= 0 and var end)
            {
                i += end + 1;
                key[length++] = '"';
            }
            else if (char.IsAsciiDigit(c))
            {
                if (length == 0 || key[length - 1] is not ('0' or 'a'))
                    key[length++] = '0';
            }
            else if (namesToo && (char.IsLetter(c) || c == '_'))
            {
                if (length == 0 || key[length - 1] != 'a')
                    key[length++] = 'a';
            }
            else
            {
                key[length++] = c;
            }
        }

        return key[..length];
    }

    [GeneratedRegex(@"[\p{L}_][\p{L}\p{N}_]{2,80}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Word();

    // Not the calls: a search for a name finds it defined in one of these forms.
    [GeneratedRegex(@"\A(?:(?:export|pub|public|private|static|declare) )*(?:type|class|struct|interface|enum|trait|record|typedef"
        + @"|using) +\w+|\A#define ", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ShortDefinition();

    [GeneratedRegex(@"\b(?:error|fatal|panic|exception|critical|traceback)\b *[:!(\]]",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Failure();
}

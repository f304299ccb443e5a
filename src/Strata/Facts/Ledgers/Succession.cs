using System.Collections.Frozen;

namespace Strata.Facts.Ledgers;

/// <summary>
/// Decides whether a newer statement takes the place of an older one. A live rule that is lost costs more than a stale one that is visibly
/// older, so it says yes only when the two are the same but for one value, or when the newer one reports a change of the same thing.
/// </summary>
internal static class Succession
{
    private const int LongestSlot = 4;
    private const int LongestSlotChars = 10;   // of scripts read char by char

    private static readonly FrozenSet<string> ScopeOpeners = FrozenSet.ToFrozenSet(
        ["of", "for", "in", "de", "del", "du", "des", "für", "von", "vom", "im", "para", "pour", "en", "dans", "di", "della", "do", "da",
            "em", "в"], StringComparer.Ordinal);

    /// <summary>
    /// How certain it is, 0 for not at all; among older statements the highest wins. <paramref name="isOnly"/> tells whether a stem or a
    /// type of value occurs in no other older statement.
    /// </summary>
    public static double Certainty(LedgerStatement older, LedgerStatement newer, Func<string, bool> isOnly)
    {
        if (newer.IsAddition)
            return 0;
        if (Dismisses(older, newer))
            return 3;
        var isTaste = IsTaste(older, newer);
        var certainty = Restates(older, newer);
        if (certainty == 0 && newer.IsUpdate && (isTaste || !Diverge(older, newer)))
            certainty = Updates(older, newer, isTaste, isOnly);
        // Last: of all comparisons it costs most, and hardly any pair comes this far.
        return certainty > 0 && (isTaste || !Parallels.Are(older.Words, newer.Words)) ? certainty : 0;
    }

    // "I'd rather have warm answers" after "I prefer terse answers": all but the thing itself is the value.
    private static bool IsTaste(LedgerStatement older, LedgerStatement newer) =>
        newer.IsComparative && newer.Values.Count == 0 && newer.IsPreference && older.IsPreference;

    private static bool Dismisses(LedgerStatement older, LedgerStatement newer) =>
        newer.Dismissed.Count > 0 && newer.Dismissed.All(key => older.Words.Any(word => word.Key == key)) && !Diverge(older, newer)
        && newer.Words.Any(word => word.Sort is WordSort.Content or WordSort.Value && !newer.Dismissed.Contains(word.Key)
            && older.Words.Any(old => old.Key == word.Key));

    // Below 0 it is certain that they do not concern each other.
    private static double Restates(LedgerStatement older, LedgerStatement newer)
    {
        var (before, oldSlot, newSlot) = Align(older.Words, newer.Words);
        var common = older.Words.Count - oldSlot;
        if (oldSlot == 0 && newSlot == 0)
            return 4;
        if (oldSlot == 0 || newSlot == 0 || IsTooLong(older.Words, before, oldSlot) || IsTooLong(newer.Words, before, newSlot))
            return 0;
        var oldPart = older.Words.Skip(before).Take(oldSlot).ToList();
        var newPart = newer.Words.Skip(before).Take(newSlot).ToList();
        var rest = older.Words.Take(before).Concat(older.Words.Skip(before + oldSlot)).ToList();
        if (!rest.Exists(word => word.Sort == WordSort.Content) || DiffersTwice(oldPart) || DiffersTwice(newPart))
            return 0;
        var same = SameType(oldPart, newPart);
        var isChars = rest.TrueForAll(word => word.IsChar || word.Sort is not WordSort.Content);
        if (!same && rest.Count(word => word.Sort == WordSort.Content) < (isChars ? 3 : before == 0 && !newer.IsSwitch ? 2 : 1))
            return 0;
        if (before < 2 && IsSubject(older.Words, before + oldSlot) && !(before == 0 && newer.IsUpdate))
            return -1;   // "case 12 is failing", "case 17 is failing": each is about its own
        if (same && oldPart.TrueForAll(word => word.Sort == WordSort.Value && word.Type is not "name" and not "word")
            && !(before == 0 && !newer.IsUpdate))
            return 2 + common;
        if (before == 0 && !same && !newer.IsComparative && !isChars && !oldPart[0].IsHangul
            && oldPart.Exists(word => word.Sort != WordSort.Function) && newPart.Exists(word => word.Sort != WordSort.Function))
            return 0;   // "the roses get water now" after "the tomatoes get water": another subject
        if (newer.IsProhibition && !newer.IsComparative && !same && newPart.Exists(word => word.Sort != WordSort.Function))
            return 0;   // there is room for many things that are forbidden
        if (newer.IsUpdate)
            return 2 + common;
        return !newer.IsProhibition && !isChars && before > 0 && IsPlaceOfAValue(older.Words, before, oldPart, newPart) ? 1.5 : 0;
    }

    // After "is", after a preposition, or before "for": there is room for one. After a verb there is room for many.
    private static bool IsPlaceOfAValue(IReadOnlyList<Word> words, int before, List<Word> oldPart, List<Word> newPart)
    {
        if (oldPart[0].Sort == WordSort.Function || newPart[0].Sort == WordSort.Function)
            return false;
        var after = before + oldPart.Count;
        return words.Take(before)
            .Any(word => word.Sort is WordSort.Copula
                || word is { Sort: WordSort.Function,
                    Key: not ("no" or "not" or "don't" or "before" or "after" or "until" or "if" or "when") })
            || (after < words.Count && words[after].Key is "for" or "für" or "para" or "pour" or "per");
    }

    private static bool IsSubject(IReadOnlyList<Word> words, int after) => after < words.Count && words[after].Sort == WordSort.Copula;

    private static bool SameType(List<Word> one, List<Word> other) =>
        one.Count == other.Count
            && one.Zip(other)
                .All(pair =>
                    pair.First.Sort == WordSort.Value && pair.Second.Sort == WordSort.Value && pair.First.Type == pair.Second.Type);

    // "table is 80", "least 12": another thing and another value.
    private static bool DiffersTwice(List<Word> slot) =>
        slot.Exists(word => word.Sort == WordSort.Copula)
            || (slot.Exists(word => word.Sort == WordSort.Value && word.Type is not ("name" or "word" or "quote"))
                && slot.Exists(word => word.Sort == WordSort.Content));

    private static bool IsTooLong(IReadOnlyList<Word> words, int start, int count)
    {
        if (count is <= LongestSlot or > LongestSlotChars)
            return count > LongestSlot;
        for (var i = start; i < start + count; i++)
        {
            if (words[i].IsChar)
                return false;
        }

        return true;
    }

    private static (int Before, int OldSlot, int NewSlot) Align(IReadOnlyList<Word> older, IReadOnlyList<Word> newer)
    {
        var shorter = Math.Min(older.Count, newer.Count);
        var before = 0;
        while (before < shorter && older[before].Key == newer[before].Key)
            before++;
        var after = 0;
        while (after < shorter - before && older[^(after + 1)].Key == newer[^(after + 1)].Key)
            after++;
        return (before, older.Count - before - after, newer.Count - before - after);
    }

    private static double Updates(LedgerStatement older, LedgerStatement newer, bool isTaste, Func<string, bool> isOnly)
    {
        // German writes every noun like a name; a name that both hold is what they are about.
        var names = newer.Names.Where(older.Names.Contains).ToList();
        var shared = newer.Stems.Where(older.Stems.Contains).Concat(names).ToList();
        var about = newer.Stems.Count + names.Count;
        var coverage = about == 0 ? 0 : shared.Count / (double)about;
        var changed = ChangedType(older, newer);
        if (HasOwn(older, newer) && HasOwn(newer, older) && !isTaste
            && (changed is null || changed.StartsWith("number", StringComparison.Ordinal) || HasScopeOfItsOwn(older, newer)
                || HasScopeOfItsOwn(newer, older) || Narrows(older, newer)))
            return 0;
        if (changed is not null && shared.Count == 0)
            return isOnly(changed) && SharesFamily(older, newer) ? 0.6 : 0;
        if (shared.Count == 0)
            return 0;
        if (changed is not null
            && (shared.Contains(newer.Topic) || shared.Count > 1 || coverage > 0.5
                || (!changed.StartsWith("number", StringComparison.Ordinal) && isOnly(changed))))
            return 1 + coverage;
        if (coverage > 0.5 && !newer.IsProhibition && (newer.IsSwitch || shared.Count > 1))
            return 0.5 + (coverage / 2);
        return shared.Any(isOnly) && isTaste ? 0.4 : 0;
    }

    private static bool HasOwn(LedgerStatement one, LedgerStatement other) =>
        one.Stems.Any(stem => !other.Stems.Contains(stem)) || one.Names.Any(name => !other.Names.Contains(name));

    private static bool Narrows(LedgerStatement older, LedgerStatement newer) =>
        newer.Stems.Any(stem => older.Stems.Contains(stem) && newer.SureNarrowerOf(stem) is { } narrow && !older.Stems.Contains(narrow));

    // "the policy number of the boat", "the boat's policy number".
    private static bool HasScopeOfItsOwn(LedgerStatement one, LedgerStatement other)
    {
        for (var i = 0; i < one.Words.Count; i++)
        {
            var word = one.Words[i];
            if ((word.Sort == WordSort.Content || word.Type is "word" or "name")
                && (word.Key.Contains('\'', StringComparison.Ordinal) || (i > 0 && ScopeOpeners.Contains(one.Words[i - 1].Key)))
                && !other.Words.Any(old => old.Key == word.Key))
                return true;
        }

        return false;
    }

    /// <summary>A type of which both hold a value, and not the same; null when there is none.</summary>
    private static string? ChangedType(LedgerStatement older, LedgerStatement newer)
    {
        foreach (var value in newer.Values)
        {
            if (value.IsHard && older.Values.Any(old => old.Type == value.Type)
                && older.Values.All(old => !string.Equals(old.Text, value.Text, StringComparison.OrdinalIgnoreCase)))
                return value.Type;
        }

        return NumberOfTheSame(older, newer);
    }

    // A number is about what stands behind it: words, days, mg.
    private static string? NumberOfTheSame(LedgerStatement older, LedgerStatement newer)
    {
        foreach (var unit in Units(newer))
        {
            foreach (var old in Units(older))
            {
                if (old.Unit == unit.Unit && old.Number != unit.Number)
                    return "number " + unit.Unit;
            }
        }

        return null;
    }

    private static IEnumerable<(string Number, string Unit)> Units(LedgerStatement statement)
    {
        var words = statement.Words;
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i].Type == "number" && words[i + 1].Sort == WordSort.Content)
                yield return (words[i].Key, words[i + 1].Key);
            else if (words[i + 1].Type == "number" && words[i].Sort == WordSort.Content)
                yield return (words[i + 1].Key, words[i].Key);
        }
    }

    // "spike/a-1" and "spike/b-2" are of one family.
    private static bool SharesFamily(LedgerStatement older, LedgerStatement newer) => newer.Values.Any(value =>
        value.Text.AsSpan().IndexOf('/') is var at and > 1
            && older.Values.Any(old => old.Text.AsSpan().StartsWith(value.Text.AsSpan(0, at + 1))));

    // "travel budget" and "hardware budget": a word narrows each, and not the same one.
    private static bool Diverge(LedgerStatement older, LedgerStatement newer)
    {
        foreach (var stem in newer.Stems)
        {
            if (older.Stems.Contains(stem) && older.NarrowerOf(stem) is { } narrow && newer.NarrowerOf(stem) is { } other
                && narrow != other && !newer.Stems.Contains(narrow) && !older.Stems.Contains(other))
                return true;
        }

        return false;
    }
}

namespace Strata.Facts.Dialogues;

/// <summary>
/// Which words a telegram leaves out: articles, forms of <c>to be</c>, the speaker's own <c>I</c> and <c>my</c> (his name stands before the
/// text), intensifiers. English only. Everybody else's names and pronouns, negations, numbers, auxiliaries of time and will stay: who did
/// what to whom can still be read.
/// </summary>
internal static class Telegraphese
{
    public static bool LeavesOut(ReadOnlySpan<char> word, ReadOnlySpan<char> before, ReadOnlySpan<char> after) => word.Length switch
    {
        0 or > 10 => false,
        _ => Always(word) || (IsBe(word) && !after.IsEmpty && !Is(after, "not")) || (Is(word, "been") && IsHave(before))
            || (IsHave(word) && IsParticiple(after))
            || (Is(word, "so") && !Is(after, "that") && !Is(after, "far") && !Is(before, "or") && !Is(before, "not"))
            || (Is(word, "it") && (before.IsEmpty || IsJoint(before)) && !after.IsEmpty),
    };

    private static bool Always(ReadOnlySpan<char> word) =>
        Is(word, "a") || Is(word, "an") || Is(word, "the") || Is(word, "I") || Is(word, "my") || Apostrophe(word, "i", "m")
            || Apostrophe(word, "i", "ve")
            || Apostrophe(word, "it", "s") || Apostrophe(word, "that", "s") || Apostrophe(word, "there", "s") || Is(word, "we")
            || Apostrophe(word, "we", "re") || Apostrophe(word, "we", "ve")
            || Is(word, "really") || Is(word, "very") || Is(word, "just") || Is(word, "super") || Is(word, "totally")
            || Is(word, "absolutely") || Is(word, "definitely")
            || Is(word, "actually") || Is(word, "basically") || Is(word, "literally") || Is(word, "also") || Is(word, "too")
            || Is(word, "quite") || Is(word, "kinda")
            || Is(word, "such") || Is(word, "pretty") || Is(word, "even") || Is(word, "truly");

    private static bool IsBe(ReadOnlySpan<char> word) =>
        Is(word, "is") || Is(word, "are") || Is(word, "was") || Is(word, "were") || Is(word, "am") || Is(word, "being");

    private static bool IsHave(ReadOnlySpan<char> word) =>
        Is(word, "have") || Is(word, "has") || Is(word, "had") || word.EndsWith("'ve", StringComparison.OrdinalIgnoreCase)
            || word.EndsWith("’ve", StringComparison.OrdinalIgnoreCase);

    private static bool IsParticiple(ReadOnlySpan<char> word) =>
        (word.Length > 4 && word.EndsWith("ed", StringComparison.OrdinalIgnoreCase)) || Is(word, "been") || Is(word, "got")
            || Is(word, "gone") || Is(word, "done") || Is(word, "made") || Is(word, "seen") || Is(word, "taken") || Is(word, "given")
            || Is(word, "become");

    private static bool IsJoint(ReadOnlySpan<char> word) =>
        Is(word, "and") || Is(word, "but") || Is(word, "because") || Is(word, "since") || Is(word, "that") || Is(word, "when")
            || Is(word, "if");

    private static bool Is(ReadOnlySpan<char> word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static bool Apostrophe(ReadOnlySpan<char> word, string head, string tail) =>
        word.Length == head.Length + 1 + tail.Length && word[head.Length] is '\'' or '’'
        && word.StartsWith(head, StringComparison.OrdinalIgnoreCase) && word.EndsWith(tail, StringComparison.OrdinalIgnoreCase);
}

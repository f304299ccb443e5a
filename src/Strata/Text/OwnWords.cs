namespace Strata.Text;

/// <summary>Parts what a user says from what the user only cites.</summary>
internal static class OwnWords
{
    // A shorter citation is a name.
    private const int ShortestOfSigns = 5;

    /// <summary>The text with blanks in place of inline code and of citations in quotation marks, as long as before.</summary>
    public static string Of(string text)
    {
        var blanked = (char[]?)null;
        for (var at = 0; at < text.Length; at++)
        {
            var close = text[at] switch
            {
                '`' => "`",
                '"' => "\"",
                '“' => "”",
                '„' => "“”\"",
                '«' => "»",
                '「' => "」",
                '『' => "』",
                _ => "",
            };
            if (close.Length == 0)
                continue;
            var length = text.AsSpan(at + 1).IndexOfAny(close);
            if (length <= 0 || (text[at] != '`' && !IsCitation(text.AsSpan(at + 1, length))))
                continue;
            (blanked ??= text.ToCharArray()).AsSpan(at, length + 2).Fill(' ');
            at += length + 1;
        }

        return blanked is null ? text : new string(blanked);
    }

    private static bool IsCitation(ReadOnlySpan<char> cited) =>
        cited.Trim().Contains(' ') || (cited.Length >= ShortestOfSigns && cited.ContainsAnyInRange('\u0E00', '\u9FFF'));
}

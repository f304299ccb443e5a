using System.Globalization;

namespace Strata.Vocabulary;

/// <summary>
/// Packs what the split patterns ask of a code point into a two-stage table: 8,704 page numbers (one per 128 code points, a byte each),
/// then the distinct pages of 128 class bytes.
/// </summary>
/// <remarks>
/// The values are those of <c>CharacterClass</c> in the library. Run on .NET 10: its data is Unicode 16.0, as that of the regex engine in
/// tiktoken; the table is committed so that a newer runtime cannot change a count.
/// </remarks>
internal static class UnicodeClasses
{
    private const int PageSize = 128;

    public static byte[] Pack()
    {
        byte[] pageOf = new byte[0x110000 / PageSize];
        List<byte[]> pages = [];
        for (int page = 0; page < pageOf.Length; page++)
        {
            byte[] classes = [.. Enumerable.Range(page * PageSize, PageSize).Select(Classify)];
            int known = pages.FindIndex(p => p.AsSpan().SequenceEqual(classes));
            if (known < 0)
            {
                known = pages.Count;
                pages.Add(classes);
            }

            pageOf[page] = checked((byte)known);
        }

        return [.. pageOf, .. pages.SelectMany(p => p)];
    }

    private static byte Classify(int codePoint)
    {
        if (codePoint <= char.MaxValue && char.IsWhiteSpace((char)codePoint))
            return codePoint is '\r' or '\n' ? (byte)6 : (byte)5;
        return CharUnicodeInfo.GetUnicodeCategory(codePoint) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => 1,
            UnicodeCategory.LowercaseLetter => 2,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => 3,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => 4,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => 7,
            _ => 0,
        };
    }
}

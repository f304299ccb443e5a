using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Strata.Tokens;

/// <summary>How many code points of a text belong to each <see cref="Script"/>.</summary>
[InlineArray(Length)]
internal struct ScriptCounts
{
    internal const int Length = (int)Script.Other + 1;

    private long _count;

    /// <summary>Steps over ASCII with vector instructions; only what is left is looked at code point by code point.</summary>
    public static ScriptCounts Of(ReadOnlySpan<char> text)
    {
        var counts = default(ScriptCounts);
        while (!text.IsEmpty)
        {
            var ascii = text.IndexOfAnyExceptInRange('\0', '\x7f');
            if (ascii < 0)
                ascii = text.Length;
            counts[(int)Script.Latin] += ascii;
            text = text[ascii..];
            while (!text.IsEmpty && text[0] > 0x7f)
            {
                Rune.DecodeFromUtf16(text, out var rune, out var length);
                counts[(int)ScriptOf(rune.Value)]++;
                text = text[length..];
            }
        }

        return counts;
    }

    public static ScriptCounts Of(ReadOnlySpan<byte> utf8)
    {
        var counts = default(ScriptCounts);
        while (!utf8.IsEmpty)
        {
            var ascii = utf8.IndexOfAnyExceptInRange((byte)0, (byte)0x7f);
            if (ascii < 0)
                ascii = utf8.Length;
            counts[(int)Script.Latin] += ascii;
            utf8 = utf8[ascii..];
            while (!utf8.IsEmpty && utf8[0] > 0x7f)
            {
                Rune.DecodeFromUtf8(utf8, out var rune, out var length);
                counts[(int)ScriptOf(rune.Value)]++;
                utf8 = utf8[length..];
            }
        }

        return counts;
    }

    internal static Script ScriptOf(int codePoint) => codePoint switch
    {
        < 0x0370 => Script.Latin,
        < 0x0590 => Script.Cyrillic,
        < 0x0900 => Script.Arabic,
        < 0x0E00 => Script.Indic,
        < 0x10A0 => Script.SoutheastAsian,
        < 0x1100 => Script.Cyrillic,
        < 0x1200 => Script.Cjk,
        < 0x1780 => Script.Other,
        < 0x1800 => Script.SoutheastAsian,
        < 0x1E00 => Script.Other,
        < 0x1F00 => Script.Latin,
        < 0x2000 => Script.Cyrillic,
        < 0x2070 => Script.Latin,
        < 0x2190 => Script.Other,
        < 0x2E80 => Script.Symbols,
        < 0xA000 => Script.Cjk,
        < 0xAC00 => Script.Other,
        < 0xD800 => Script.Cjk,
        < 0xF900 => Script.Other,
        < 0xFB00 => Script.Cjk,
        < 0xFE00 => Script.Arabic,
        < 0xFE10 => Script.Symbols,
        < 0xFE50 => Script.Cjk,
        < 0xFF00 => Script.Arabic,
        < 0xFFF0 => Script.Cjk,
        < 0x1F000 => Script.Other,
        < 0x20000 => Script.Symbols,
        < 0x40000 => Script.Cjk,
        _ => Script.Other,
    };
}

using FsCheck;
using FsCheck.Fluent;
using Strata.Text;

namespace Strata.Tests.Text;

public class SentenceSplitterTests
{
    private static string[] Split(string text) => [.. SentenceSplitter.Split(text).Select(range => text[range])];

    // Expected sentences stand between bars.
    [Theory]
    [InlineData("en", "Use v1.2.3 of foo.cs, e.g. the old one. It works! does it? Yes.",
        "Use v1.2.3 of foo.cs, e.g. the old one.|It works!|does it?|Yes.")]
    [InlineData(
        "en", "Dr. Smith and J. K. Rowling met in the U.S. in Jan. 2024. The rest, i.e. Fig. 3, vs. the old etc. is gone. See No. 5.",
        "Dr. Smith and J. K. Rowling met in the U.S. in Jan. 2024.|The rest, i.e. Fig. 3, vs. the old etc. is gone.|See No. 5.")]
    [InlineData("en", "Python 3.11 broke it. Run main.go. Then open https://a.b/c.html?x=1. It returns 3. The end.",
        "Python 3.11 broke it.|Run main.go.|Then open https://a.b/c.html?x=1.|It returns 3.|The end.")]
    [InlineData("en", "Wait... what? He said \"Stop.\" Then (as planned.) we left… Fine?! ok",
        "Wait... what?|He said \"Stop.\"|Then (as planned.) we left…|Fine?!|ok")]
    [InlineData("en", "it is done.Next step please!Also foo.Bar and strings.Split stay.They work",
        "it is done.|Next step please!|Also foo.Bar and strings.Split stay.|They work")]
    [InlineData("en", "Call `a. B` and ``x! Y``. **Bold end.** Next", "Call `a. B` and ``x! Y``.|**Bold end.**|Next")]
    [InlineData("en", "fixed it. now the rest. if a ? b : c then no.", "fixed it.|now the rest.|if a ? b : c then no.")]
    [InlineData("en", "The ID is **HAT**. However, not before 11 AM EST. Do you? what about levels etc.? if so, go",
        "The ID is **HAT**.|However, not before 11 AM EST.|Do you?|what about levels etc.?|if so, go")]
    [InlineData("en", "! Several. isAuto ? (x) : \"y!\" + z && . \"lib.sh\"", "! Several.|isAuto ? (x) : \"y!\" + z && . \"lib.sh\"")]
    [InlineData("de", "Am 3. Mai kam z. B. die Nr. 5 bzw. der 2. Versuch. Das gilt d. h. immer usw. und so. Fertig.",
        "Am 3. Mai kam z. B. die Nr. 5 bzw. der 2. Versuch.|Das gilt d. h. immer usw. und so.|Fertig.")]
    [InlineData("de", "Er sagte: „Fertig.“ Danach lief Version 3.2 ggf. nicht. Warum?",
        "Er sagte: „Fertig.“|Danach lief Version 3.2 ggf. nicht.|Warum?")]
    [InlineData("es", "¿Funciona? ¡Sí! El Sr. Pérez usa aprox. 3 GB. ¿Y tú?", "¿Funciona?|¡Sí!|El Sr. Pérez usa aprox. 3 GB.|¿Y tú?")]
    [InlineData("fr", "Vraiment ? Oui ! Mme. Curie dit « non. » Voir p. 12.", "Vraiment ?|Oui !|Mme. Curie dit « non. »|Voir p. 12.")]
    [InlineData("it", "Il sig. Rossi ha 1.500 file, ecc. nella cartella. Va bene? Sì.",
        "Il sig. Rossi ha 1.500 file, ecc. nella cartella.|Va bene?|Sì.")]
    [InlineData("ru", "Ошибка исправлена. См. рис. 3 и т. д. в файле main.go. Готово.Дальше?",
        "Ошибка исправлена.|См. рис. 3 и т. д. в файле main.go.|Готово.|Дальше?")]
    [InlineData("zh", "修复了问题。测试通过！下一步是什么？好", "修复了问题。|测试通过！|下一步是什么？|好")]
    [InlineData("zh", "他说：“已经好了。”然后部署（见文档。）版本3.11可用……继续。修好了?请检查main.go", "他说：“已经好了。”|然后部署（见文档。）|版本3.11可用……继续。|修好了?|请检查main.go")]
    [InlineData("ja", "「修正しました。」と言った。テストは成功？！次へ", "「修正しました。」と言った。|テストは成功？！|次へ")]
    [InlineData("ko", "버그를 고쳤습니다. 테스트도 통과했습니다! 다음은 뭐죠?끝.", "버그를 고쳤습니다.|테스트도 통과했습니다!|다음은 뭐죠?|끝.")]
    [InlineData("ar", "أصلحت الخطأ، ثم شغلت الاختبارات. هل نجحت؟نعم! انتهى", "أصلحت الخطأ، ثم شغلت الاختبارات.|هل نجحت؟|نعم!|انتهى")]
    [InlineData("ur", "خرابی دور کر دی گئی ہے۔ کیا ٹیسٹ چلا؟ جی ہاں۔", "خرابی دور کر دی گئی ہے۔|کیا ٹیسٹ چلا؟|جی ہاں۔")]
    [InlineData(
        "he", "\u200Fתיקנתי את parser.py.\u200F הבדיקות עברו! מה עכשיו?", "\u200Fתיקנתי את parser.py.\u200F|הבדיקות עברו!|מה עכשיו?")]
    [InlineData("hi", "त्रुटि ठीक हो गई है। क्या परीक्षण सफल है? हाँ॥समाप्त", "त्रुटि ठीक हो गई है।|क्या परीक्षण सफल है?|हाँ॥|समाप्त")]
    [InlineData("th", "แก้ไขข้อผิดพลาดใน main.go เรียบร้อยแล้ว การทดสอบทั้งหมดผ่านแล้ว เร็ว ๆ นี้จะปล่อยที่กรุงเทพฯ ต่อไป",
        "แก้ไขข้อผิดพลาดใน main.go เรียบร้อยแล้ว|การทดสอบทั้งหมดผ่านแล้ว|เร็ว ๆ นี้จะปล่อยที่กรุงเทพฯ ต่อไป")]
    [InlineData("el", "Το σφάλμα διορθώθηκε. Τρέχουν οι δοκιμές; Ναι!", "Το σφάλμα διορθώθηκε.|Τρέχουν οι δοκιμές; Ναι!")]
    [InlineData("my", "ပြင်ပြီးပါပြီ။စမ်းသပ်ပါ။", "ပြင်ပြီးပါပြီ။|စမ်းသပ်ပါ။")]
    [InlineData("mixed", "Fix 修复完成。Then run npm test. 测试通过！Готово.", "Fix 修复完成。|Then run npm test.|测试通过！|Готово.")]
    public void Split_Prose_EndsWhereTheLanguageEndsSentences(string language, string text, string expected) =>
        Split(text).ShouldBe(expected.Split('|'), language);

    [Theory]
    [InlineData("# Title\n- first item\n* second\n12. twelfth\n\n> quoted", "Title|first item|second|twelfth|quoted")]
    [InlineData("a.) one\n(ii) two\nb) three\n- [x] four\n> - five\n1.Six", "one|two|three|four|five|Six")]
    [InlineData("・一つ\n①二つ\n一、第三\n（四）第四\n1、第五\n１．第六", "一つ|二つ|第三|第四|第五|第六")]
    [InlineData("-flag is on\n#42 is open\n3.11 is new\n2.x works\no parser falhou\n(m) => m\n-\tconst",
        "-flag is on|#42 is open|3.11 is new|2.x works|o parser falhou|(m) => m|-\tconst")]
    [InlineData("| a. B | c! D |\n|---|---|", "| a. B | c! D ||---|---|")]
    [InlineData("   at Foo.Bar(String s) in x.cs:line 3\n  File \"a.py\", line 2, in f. G",
        "at Foo.Bar(String s) in x.cs:line 3|File \"a.py\", line 2, in f. G")]
    [InlineData("One.\r\nTwo\u2028Three\u2029\r\n\r\nFour", "One.|Two|Three|Four")]
    [InlineData("Before\n```cs\nvar a = 1. B;\n```\nAfter", "Before|After")]
    [InlineData("A\n~~~~\n```\n~~~\nx\n~~~~\nB\n````md\n```\nx\n```\n````\nC", "A|B|C")]
    [InlineData("Use ```inline``` here\n```inline```\nEnd", "Use ```inline``` here|```inline```|End")]
    [InlineData("Shown:\n```\ncut off. Here", "Shown:")]
    public void Split_Layout_GivesItsLinesWithoutTheirMarks(string text, string expected)
    {
        if (expected.StartsWith("| a", StringComparison.Ordinal))
            Split(text).ShouldBe(["| a. B | c! D |", "|---|---|"]);
        else
            Split(text).ShouldBe(expected.Split('|'));
    }

    [Fact]
    public void Split_ProseWithoutFullStops_IsCutWhereItPauses()
    {
        var chinese = string.Concat(Enumerable.Repeat("然后我们继续检查这个模块的行为，", 100));
        var english = string.Join(' ', Enumerable.Repeat("and then we went on to look at 1,000 more files", 60));
        Split(chinese).ShouldAllBe(part => part.Length <= 440 && part.EndsWith('，'));
        var parts = Split(english);
        parts.ShouldAllBe(part => part.Length <= 440);
        string.Join(' ', parts).ShouldBe(english);
        Split(new string('x', 5000)).Length.ShouldBe(1);
        Split("{" + string.Join(", ", Enumerable.Repeat("\"name\": \"A. Bee\"", 90)) + "}").Length.ShouldBe(1);
    }

    [Fact]
    public void Split_AnyText_SlicesAreInOrderAndCoverAll()
    {
        string[] parts = ["word", "Word", "e.g", "Dr", "3", ".", "!", "?", "…", "。", "？", "」", "“", "\"", ")", " ", "\n", "\r\n", "\u2028",
            "`", "| ", "中文", "と", "ไทย", "ๆ", "؟", "۔", "।", "שלום", "\u200F", "😀", "\uD83D", "e\u0301", "a,", "，", "\u00A0", "1."];
        var texts = Gen.Elements(parts).ListOf().Select(list => "word" + string.Concat(list).Replace("```", "`", StringComparison.Ordinal));
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var last = 0;
            foreach (var range in SentenceSplitter.Split(text))
            {
                // Between slices stand only blanks, and the numbers of list items at the start of a line.
                var between = text[last..range.Start.Value];
                between.All(c => char.IsWhiteSpace(c) || c is '1' or '3' or '.' or '|' or ')' or '#' or '-').ShouldBeTrue(between);
                (between.Any(c => !char.IsWhiteSpace(c)) && !between.AsSpan().ContainsAny("\n\r\u2028")).ShouldBeFalse(between);
                var slice = text[range];
                slice.ShouldBe(slice.Trim());
                (char.IsSurrogatePair("a" + slice, 0)
                    || (char.IsLowSurrogate(slice[0]) && range.Start.Value > 0 && char.IsHighSurrogate(text[range.Start.Value - 1])))
                    .ShouldBeFalse();
                last = range.End.Value;
            }

            string.IsNullOrWhiteSpace(text[last..]).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("a.B")]
    [InlineData("a. ")]
    [InlineData("` `` ")]
    [InlineData("แก้ ")]
    [InlineData("。")]
    [InlineData("x, ")]
    [InlineData("> - ")]
    [InlineData("\n~~~")]
    public void Split_HostileRepeats_AreReadInLinearTime(string part)
    {
        // Quadratic time would take hours here, and the run would not end.
        var text = string.Concat(Enumerable.Repeat(part, 2_000_000 / part.Length));
        SentenceSplitter.Split(text).Count.ShouldBeLessThan(text.Length);
    }
}

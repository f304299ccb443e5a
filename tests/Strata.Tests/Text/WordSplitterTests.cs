using FsCheck;
using FsCheck.Fluent;
using Strata.Text;
using Strata.Text.Languages;

namespace Strata.Tests.Text;

public class WordSplitterTests
{
    private static string[] Words(string text)
    {
        var words = new List<string>();
        foreach (var word in WordSplitter.Split(text))
            words.Add(word.ToString());
        return [.. words];
    }

    [Theory]
    [InlineData("Don't re-run the 3 tests, please!", "Don't|re-run|the|3|tests|please")]
    [InlineData("Python 3.11 costs 1,000.50; v1.2.3.", "Python|3.11|costs|1,000.50|v1.2.3")]
    [InlineData("l'homme qu'il voit dell'anno o'clock Ankara'da", "l|homme|qu|il|voit|dell|anno|o'clock|Ankara'da")]
    [InlineData("Größe der Schaltfläche – geändert", "Größe|der|Schaltfläche|geändert")]
    [InlineData("MAX_PATH __init__ ____ user's", "MAX_PATH|__init__|user's")]
    [InlineData("Исправь ошибку в парсере.", "Исправь|ошибку|в|парсере")]
    [InlineData("إصلاح الخطأ، رجاءً", "إصلاح|الخطأ|رجاءً")]
    [InlineData("می‌خواهم", "می‌خواهم")]
    [InlineData("\u200Fתקן את הבאג\u200E.", "תקן|את|הבאג")]
    [InlineData("परीक्षण विफल है।", "परीक्षण|विफल|है")]
    [InlineData("테스트를 실행해 주세요.", "테스트를|실행해|주세요")]
    [InlineData("修复错误", "修复|复错|错误")]
    [InlineData("运行npm test失败", "运行|npm|test|失败")]
    [InlineData("好。我", "好|我")]
    [InlineData("エラーを", "エラ|ラー|ーを")]
    [InlineData("แก้ไข", "แก้ไข")]
    [InlineData("น้ำดี", "น้ำดี")]
    [InlineData("ทดสอบ", "ทด|ดส|สอ|อบ")]
    [InlineData("ខ្មែរ", "ខ្មែរ")]
    [InlineData("ok 👍🏽👨‍👩‍👧🇩🇪 done ✅️", "ok|👍🏽|👨‍👩‍👧|🇩🇪|done|✅️")]
    [InlineData("𠮷野 𝒳", "𠮷野|𝒳")]
    [InlineData("x\uD800y", "x|y")]
    [InlineData("... -- !? ", "")]
    public void Split_Text_GivesItsWords(string text, string words) =>
        Words(text).ShouldBe(words.Length == 0 ? [] : words.Split('|'));

    [Fact]
    public void Split_AnyText_NeverHalvesAPairAndLosesNoLetter()
    {
        string[] parts = ["a", "é", "e\u0301", " ", "'", "-", ".", "7", "中", "文", "か", "が", "ー", "ก", "เ", "ำ", "้", "한", "ش", "\u064E",
            "क", "\u093F", "😀", "\uD83D", "\uDE00", "\u200D", "\uFE0F", "🇩", "\n", "𠮷", "_"];
        var texts = Gen.Elements(parts).ListOf().Select(list => string.Concat(list));
        Prop.ForAll(texts.ToArbitrary(), text =>
        {
            var covered = new bool[text.Length];
            var last = -1;
            var words = WordSplitter.Split(text);
            while (words.MoveNext())
            {
                words.Start.ShouldBeGreaterThan(last);
                words.Length.ShouldBeGreaterThan(0);
                last = words.Start;
                (char.IsLowSurrogate(words.Current[0]) || char.IsHighSurrogate(words.Current[^1])).ShouldBeFalse();
                covered.AsSpan(words.Start, words.Length).Fill(true);
            }

            for (var i = 0; i < text.Length; i++)
                (covered[i] || !char.IsLetterOrDigit(text[i])).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Split_LongTextInEveryScript_AllocatesNothing()
    {
        var text = string.Concat(Enumerable.Repeat("one two l'homme 修复错误 แก้ไข 테스트 👍🏽 ", 1000));
        _ = Count(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var count = Count(text);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        count.ShouldBe(10_000);
    }

    private static int Count(string text)
    {
        var count = 0;
        foreach (var _ in WordSplitter.Split(text))
            count++;
        return count;
    }

    [Theory]
    [InlineData("test|tests|tested|testing|Test's")]
    [InlineData("configure|configured|configuration|CONFIG")]
    [InlineData("token|tokens")]
    [InlineData("file|files|FILE")]
    [InlineData("run|runs|running")]
    [InlineData("Größe|Grösse|größen")]
    [InlineData("Änderung|anderungen")]
    [InlineData("ошибка|ошибки|ошибку|ошибками")]
    [InlineData("файл|файла|файлов")]
    [InlineData("테스트|테스트를|테스트에서")]
    [InlineData("خطأ|الخطأ|والخطأ|خطـأ")]
    [InlineData("café|CAFÉ|cafe\u0301")]
    public void Key_InflectedForms_IsOne(string forms) =>
        forms.Split('|').Select(form => WordKey.Of(form)).Distinct().Count().ShouldBe(1);

    [Theory]
    [InlineData("config", "confirm")]
    [InlineData("3.11", "3.12")]
    [InlineData("class", "clash")]
    [InlineData("修复", "修改")]
    [InlineData("테스트", "배포")]
    public void Key_DifferentWords_Differs(string one, string other) => WordKey.Of(one).ShouldNotBe(WordKey.Of(other));

    [Fact]
    public void StopWords_EveryList_IsShortAndItsWordsAreFound()
    {
        foreach (var language in KnownLanguages.All)
        {
            var words = language.Words("stop words").ToList();
            words.Count.ShouldBeLessThanOrEqualTo(80, language.Tag);
            words.ShouldBeUnique();
            words.ShouldAllBe(word => StopWords.Contains(word, language.Primary));
        }

        StopWords.Contains("THE").ShouldBeTrue();
        StopWords.Contains("die", "en").ShouldBeFalse();
        StopWords.Contains("ました").ShouldBeFalse();
        StopWords.Contains("まし").ShouldBeTrue();
        StopWords.Contains("修复").ShouldBeFalse();
    }
}

using System.Globalization;
using Strata.Facts;
using Strata.LevelZero;
using Strata.Text;

namespace Strata.Tests.Text;

public class TextCutTests
{
    [Theory]
    [InlineData("ab👩‍💻👍🏽🇩🇪cd")]
    [InlineData("e\u0301a\u0308น้ำดีที่क्षि한국")]
    [InlineData("一\r\n二𠮷\r\n")]
    public void BeforeAndAfter_AnyIndex_AreBoundariesOfTextElements(string text)
    {
        var boundaries = StringInfo.ParseCombiningCharacters(text).Append(text.Length).ToList();
        for (var i = 0; i <= text.Length; i++)
        {
            TextCut.Before(text, i).ShouldBe(boundaries.Last(boundary => boundary <= i));
            TextCut.After(text, i).ShouldBe(boundaries.First(boundary => boundary >= i));
        }
    }

    [Fact]
    public void Head_TextWithoutBlanks_EndsBehindAPause()
    {
        const string text = "我已经修复了解析器，然后运行了所有测试";
        text[..TextCut.Head(text, 11)].ShouldBe("我已经修复了解析器，");
        text[TextCut.Tail(text, 10)..].ShouldBe("，然后运行了所有测试"[1..]);
    }

    [Theory]
    [InlineData("fixed the bug", 13)]
    [InlineData("修复了错误", 10)]
    [InlineData("버그 수정", 9)]
    [InlineData("a👍", 3)]
    public void Width_Text_IsItsColumns(string text, int columns) => TextWidth.Of(text).ShouldBe(columns);

    [Theory]
    [InlineData("让我看一下 main.go 里的错误处理", true)]
    [InlineData("パーサーの実装を確認します。", true)]
    [InlineData("Сейчас посмотрю файл main.go", true)]
    [InlineData("먼저 main.go 파일을 확인하겠습니다.", true)]
    [InlineData("دعني ألقي نظرة على الملف", true)]
    [InlineData("修复了 main.go 里的错误", false)]
    [InlineData("Ошибка в main.go исправлена", false)]
    public void IsPreamble_OtherLanguages_TellsAnnouncementsFromResults(string sentence, bool announces) =>
        LineCues.IsPreamble(sentence).ShouldBe(announces);

    [Theory]
    [InlineData("Ошибка в main.go исправлена")]
    [InlineData("تم إصلاح الخطأ في المحلل")]
    [InlineData("파서의 버그를 수정했습니다")]
    [InlineData("แก้ไขข้อผิดพลาดแล้ว")]
    [InlineData("O erro foi corrigido no analisador")]
    public void SentenceBonus_ResultInOtherLanguages_IsMoreThanThatOfTalk(string sentence) =>
        LineCues.SentenceBonus(sentence, Speaker.Assistant)
            .ShouldBeGreaterThan(LineCues.SentenceBonus("This is some talk", Speaker.Assistant));

    [Theory]
    [InlineData("请看https://a.example/b/c?x=1，谢谢", "https://a.example/b/c?x=1")]
    [InlineData("打开https://a.example/b这个链接", "https://a.example/b")]
    [InlineData("راجع https://a.example/b؟", "https://a.example/b")]
    [InlineData("运行npm test失败，见src/app/a.cs文件。", "src/app/a.cs")]
    [InlineData("「src/app/a.cs」を確認", "src/app/a.cs")]
    public void Scan_NamesBesideOtherScripts_EndWhereTheNameEnds(string text, string name)
    {
        var names = new Strata.Facts.Names.IdentifierScanner(text);
        names.MoveNext().ShouldBeTrue();
        names.Current.ToString().ShouldBe(name);
    }
}

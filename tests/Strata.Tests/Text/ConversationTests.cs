using System.Globalization;
using Strata.LevelZero;
using Strata.LevelZero.Wording;
using Strata.Tests.Summaries;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Tests.Text;

/// <summary>Whole conversations, compacted to a quarter.</summary>
public class ConversationTests
{
    internal sealed record Speech(string Language, string First, string Next, string Report, string KeyWord);

    private static readonly Speech[] Speeches =
    [
        new("zh-Hans", "请修复 src/日期/解析器{0}.py 里的闰年错误，永远不要直接推送到主分支。", "很好。第{0}个模块的星期规则会不会受影响？请检查一下。",
            "我已经修复了 LeapRules{0} 的闰年错误，因为缺少世纪规则。所有测试都通过了。", "闰年错误"),
        new("ja", "src/dates/parser{0}.py のうるう年のバグを修正してください。mainブランチには絶対にプッシュしないでください。", "ありがとう。{0}番目のモジュールの曜日ルールへの影響も確認してください。",
            "LeapRules{0} のバグを修正しました。原因は世紀ルールの欠落だったため、テストを追加しました。", "うるう年のバグ"),
        new("ar", "أصلح خطأ السنة الكبيسة في src/dates/parser{0}.py، ولا تدفع إلى الفرع الرئيسي أبدًا بدون إذني.",
            "جيد. هل تتأثر قواعد أيام الأسبوع في الوحدة رقم {0} بهذا التغيير؟",
            "أصلحت الخطأ في LeapRules{0} لأن قاعدة القرن كانت ناقصة، وكل الاختبارات ناجحة الآن.", "السنة الكبيسة"),
        new("th", "ช่วยแก้ข้อผิดพลาดเรื่องปีอธิกสุรทินใน src/dates/parser{0}.py และห้ามพุชไปที่ main โดยไม่ถามก่อน",
            "ดีมาก แล้วกฎวันในสัปดาห์ของโมดูลที่ {0} ได้รับผลกระทบหรือไม่ ช่วยตรวจสอบด้วย",
            "แก้ไขข้อผิดพลาดใน LeapRules{0} แล้ว เพราะขาดกฎศตวรรษ การทดสอบทั้งหมดผ่านแล้ว", "ปีอธิกสุรทิน"),
        new("de", "Bitte behebe den Schaltjahrfehler in src/dates/parser{0}.py. Pushe niemals ohne meine Zustimmung auf main.",
            "Gut. Sind die Wochentagsregeln im Modul {0} von der Änderung betroffen? Bitte prüfe das.",
            "Der Fehler in LeapRules{0} ist behoben, weil die Jahrhundertregel fehlte. Alle Tests laufen durch.", "Schaltjahrfehler"),
    ];

    public static TheoryData<string> Tags => [.. Speeches.Select(speech => speech.Language)];

    internal static SessionBuilder Session(string language, int rounds)
    {
        var speech = Speeches.Single(speech => speech.Language == language);
        var session = new SessionBuilder().User(Of(speech.First, 0));
        for (var i = 0; i < rounds; i++)
        {
            session
                .Tool("Read", new { file_path = $"/home/me/app/src/dates/parser{i}.py" },
                    $"class LeapRules{i}:\n    def is_leap_year_{i}(self, year):\n        return year % 4 == 0\n"
                        + string.Concat(Enumerable.Repeat("# nothing of interest here\n", 20)))
                .Tool("Bash", new { command = $"pytest tests/test_{i}.py" },
                    i % 2 == 0 ? $"Exit code 1\nValueError: LeapRules{i} is not ready" : "12 passed")
                .Assistant(Of(speech.Report, i) + " 👩‍💻👍🏽")
                .User(Of(speech.Next, i));
        }

        return session;

        static string Of(string text, int number) => string.Format(CultureInfo.InvariantCulture, text, number);
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Summarize_Conversation_StaysInItsLanguage(string language)
    {
        var session = Session(language, 40);
        var size = session.Messages.Sum(message => MessageText.Of(message).Length);

        var text = session.Summarize(size / 4, charsPerToken: 1).Text;

        var labels = Labels.In(language);
        foreach (var label in (string[])[SummaryFormat.FirstRequest, SummaryFormat.Requests, SummaryFormat.Files])
        {
            text.ShouldNotContain("\n" + label + "\n");
            text.ShouldContain("\n" + labels.Write(label == SummaryFormat.Files ? SummaryFormat.FilesUnder + "/home/me/app/:" : label)
                + "\n");
        }

        text.ShouldContain(Speeches.Single(speech => speech.Language == language).KeyWord);
        Language.Of(text.Replace("current_task", "", StringComparison.Ordinal)).ShouldBe(language.Split('-')[0]);
        ShouldHoldWholeCharacters(text, session);
    }

    [Theory]
    [MemberData(nameof(Tags))]
    public void Summarize_AnySize_CutsNoCharacterInTwo(string language)
    {
        var session = Session(language, 6);
        for (var size = 150; size < 1500; size += 37)
            ShouldHoldWholeCharacters(session.Summarize(size, charsPerToken: 1).Text, session);
    }

    [Fact]
    public void Summarize_LanguageChanged_ReadsTheOldLabelsAndWritesTheNew()
    {
        var chinese = Session("zh-Hans", 6).Summarize(1200, charsPerToken: 1).Text;
        var session = new SessionBuilder().User(chinese);
        session.Messages.AddRange(Session("de", 3).Messages);

        var text = session.Summarize(2500, charsPerToken: 1).Text;

        var labels = Labels.In("de");
        text.ShouldContain(labels.Write(SummaryFormat.Requests));
        text.ShouldContain("永远不要直接推送到主分支");
        text.ShouldNotContain(Labels.In("zh-Hans").Write(SummaryFormat.Requests));
        var lines = text.Split('\n').ToList();
        lines.Count(line => line == labels.Write(SummaryFormat.Rules)).ShouldBe(1);
        PreviousSummary.Parse(text)![SummaryFormat.Requests].ShouldNotBeEmpty();
    }

    // Every text element of a summary is one of the conversation, or of the layout.
    private static void ShouldHoldWholeCharacters(string summary, SessionBuilder session)
    {
        var known = session.Messages.SelectMany(message => Elements(MessageText.Of(message))).ToHashSet(StringComparer.Ordinal);
        summary.ShouldNotContain('\uFFFD');
        summary.Any(char.IsSurrogate).ShouldBe(Elements(summary).Any(element => element.Any(char.IsSurrogate)));
        Elements(summary).Where(element => element.Length > 1 && element != "\r\n" && !known.Contains(element))
            .Except(Labels.Languages.SelectMany(language =>
            SummaryFormat.Sections.SelectMany(section => section.Labels).SelectMany(label => Elements(Labels.In(language).Write(label)))))
            .ShouldBeEmpty();
        Elements(summary)
            .Where(element => element.Length == 1
                && (char.IsSurrogate(element[0]) || char.GetUnicodeCategory(element[0]) is UnicodeCategory.NonSpacingMark)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }
}

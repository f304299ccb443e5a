using System.Text.RegularExpressions;

namespace Strata.Text;

/// <summary>
/// What agents say before they do something and after, in the languages that English cues do not reach. Stems and phrases that stand in the
/// reports of work, whatever the work is.
/// </summary>
internal static partial class SpokenCues
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static bool EndsAQuestion(ReadOnlySpan<char> sentence) => sentence is [.., '?' or '？' or '؟' or '\u037E'];

    public static bool EndsAnAnnouncement(ReadOnlySpan<char> sentence) => sentence is [.., ':' or '：'];

    /// <summary>"Let me look at …": what came of it is said later.</summary>
    public static bool Announces(string sentence) => Announcement().IsMatch(sentence);

    /// <summary>A cause, a result, a decision.</summary>
    public static bool Concludes(string sentence) => Conclusion().IsMatch(sentence);

    [GeneratedRegex(
        @"\A\W*(?:deixe-me|vou (?:ver|verificar|olhar)|lasciami|ora (?:controllo|verifico|guardo)|laat me|laten we|ik ga|tôi sẽ|để tôi"
            + @"|saya akan|biar saya|sprawdzę|zobaczę|(?:şimdi )?\w+ (?:bakayım|bakacağım)|давайте|(?:сейчас |теперь )?(?:посмотрю|проверю)"
            + @"|зараз перевірю|подивлюся|دعني|سأقوم|سوف أ|אני אבדוק|בוא נ|मैं (?:अब )?देख|मुझे देखने|ขอ(?:ดู|ตรวจ)|ผมจะ|ฉันจะ|让我|我来|我先"
            + @"|接下来我|讓我|我來)|\A.{0,40}(?:確認します|見てみます|見ていきます|調べます|확인하겠습니다|확인해 ?보겠습니다|살펴보겠습니다)\W*\z",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Announcement();

    [GeneratedRegex(
        @"\b(?:corrigid[oa]s?|corrigi|concluíd[oa]|decidi|falhou|risolto|corretto|deciso|completato|fallit[oi]|perché|omdat|opgelost"
            + @"|hersteld|mislukt|ponieważ|naprawi\w{1,6}|zakończ\w{1,6}|gotowe|çünkü|düzelt\w{1,8}|tamamland\w{1,4}|başarısız|karena"
            + @"|diperbaiki|selesai|gagal|berhasil|bởi vì|đã sửa|hoàn thành|thất bại|потому что|исправ\w{1,8}|готово|заверш\w{1,8}"
            + @"|решен[оаы]|не удалось|тому що|виправ\w{1,8}|لأن|أصلح\w{0,3}|تم|فشل\w{0,2}|نجح\w{0,2}|اكتمل\w?|תוקן|תיקנתי|נכשל\w?|הושלם)\b"
            + @"|क्योंकि|ठीक (?:कर|हो)|विफल|सफल|เพราะ|แก้ไข|เสร็จ|ล้มเหลว|สำเร็จ|原因|失败|失敗|成功|通过|通過|改为|改為|因為|決定|때문|수정|완료|해결|실패|통과|결정",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Conclusion();
}

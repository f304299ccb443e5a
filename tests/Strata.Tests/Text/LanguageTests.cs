using Strata.Text;

namespace Strata.Tests.Text;

public class LanguageTests
{
    [Theory]
    [InlineData("Please fix the date parser and do not touch the config.", "en")]
    [InlineData("fix it please, it is broken", "en")]
    [InlineData("Bitte behebe den Fehler im Parser und ändere nicht die Konfiguration.", "de")]
    [InlineData("Por favor, arregla el error del analizador y no toques la configuración.", "es")]
    [InlineData("Corrige l'erreur dans le parseur et ne touche pas à la configuration.", "fr")]
    [InlineData("Correggi l'errore nel parser e non toccare la configurazione, per favore.", "it")]
    [InlineData("Corrija o erro no analisador e não altere a configuração, por favor.", "pt")]
    [InlineData("Herstel de fout in de parser en verander niet de configuratie.", "nl")]
    [InlineData("Napraw błąd w parserze i nie zmieniaj konfiguracji.", "pl")]
    [InlineData("Lütfen ayrıştırıcıdaki hatayı düzelt ve yapılandırmayı değiştirme.", "tr")]
    [InlineData("Hãy sửa lỗi trong bộ phân tích và đừng thay đổi cấu hình.", "vi")]
    [InlineData("Tolong perbaiki kesalahan di parser dan jangan ubah konfigurasi ini.", "id")]
    [InlineData("Исправь ошибку в парсере и не меняй настройки.", "ru")]
    [InlineData("Виправ помилку в парсері і не змінюй налаштування.", "uk")]
    [InlineData("请修复日期解析器，不要修改配置文件。", "zh")]
    [InlineData("日付パーサーのバグを修正してください。", "ja")]
    [InlineData("날짜 파서의 버그를 고쳐 주세요.", "ko")]
    [InlineData("أصلح الخطأ في المحلل ولا تغير الإعدادات.", "ar")]
    [InlineData("لطفاً خطای تجزیه‌گر را اصلاح کن و پیکربندی را تغییر نده.", "fa")]
    [InlineData("תקן את השגיאה במנתח ואל תשנה את ההגדרות.", "he")]
    [InlineData("कृपया पार्सर की त्रुटि ठीक करें।", "hi")]
    [InlineData("ช่วยแก้ข้อผิดพลาดในตัวแยกวันที่ด้วย", "th")]
    [InlineData("Διόρθωσε το σφάλμα στον αναλυτή.", "el")]
    public void Of_Prose_IsItsLanguage(string text, string language) => Language.Of(text).ShouldBe(language);

    [Theory]
    [InlineData("运行npm test失败，请检查src/app/main.ts和package.json", "zh")]
    [InlineData(
        "Bitte `the and of is it` in src/the/and/of.ts nicht ändern, danke für die Hilfe.\n```\nif this is not the end of it\n```", "de")]
    [InlineData("How do I translate 修复错误 in the user interface? It is not in the list.", "en")]
    [InlineData("src/the/a.py: the_a_of() --is-it", Language.Unknown)]
    [InlineData("", Language.Unknown)]
    [InlineData("👍 42", Language.Unknown)]
    [InlineData("npm install", Language.Unknown)]
    public void Of_CodeAndNames_CountsOnlyProse(string text, string language) => Language.Of(text).ShouldBe(language);
}

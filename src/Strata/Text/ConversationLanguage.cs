using Strata.Transcripts;

namespace Strata.Text;

/// <summary>The language the user writes in. What tools print and assistants answer does not count.</summary>
internal static class ConversationLanguage
{
    // The newest: who changes the language wants to be answered in the new one before long.
    private const int MessagesRead = 24;

    // Letters of everyday words that are written differently on the mainland and elsewhere.
    private const string Simplified = "这个们说时会对过还么请档错误测试设应该数据码问题";
    private const string Traditional = "這個們說時會對過還麼請檔錯誤測試設應該數據碼問題";

    /// <summary>A tag as the labels of a summary know it: BCP 47, with the script for Chinese; "und" when no message tells.</summary>
    public static string Of(Transcript transcript)
    {
        var votes = new Dictionary<string, int>(StringComparer.Ordinal);
        var left = MessagesRead;
        for (var i = transcript.Groups.Count - 1; i >= 0 && left > 0; i--)
        {
            var group = transcript.Groups[i];
            if (group.Kind != GroupKind.User || group.IsInjected)
                continue;
            left--;
            var language = WithScript(InjectedText.Strip(group.Messages[0]));
            votes[language] = votes.GetValueOrDefault(language) + 1;
        }

        votes.Remove(Language.Unknown);
        // Counted from the newest, so of two that are equal the newer one wins.
        return votes.Count == 0 ? Language.Unknown : votes.MaxBy(vote => vote.Value).Key;
    }

    private static int Count(string text, string letters) =>
        text.Take(Language.ReadChars).Count(c => letters.Contains(c, StringComparison.Ordinal));

    private static string WithScript(string text)
    {
        var language = Language.Of(text);
        if (language != "zh")
            return language;
        return Count(text, Simplified) >= Count(text, Traditional) ? "zh-Hans" : "zh-Hant";
    }
}

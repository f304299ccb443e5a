using System.Buffers;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>
/// The rules that grade a group, first hit wins. They read words and results, never a model's opinion, so that a plan can be explained:
/// <list type="number">
/// <item>system messages and summaries are instructions;</item>
/// <item>a user message of at most six words that only greets, thanks, acknowledges or asks to go on is trivial; so is one without a word
/// of the user;</item>
/// <item>a user or assistant message with a word of deciding (decided, approved, go with, instead of, agreed …) is a decision;</item>
/// <item>every other user message is an instruction;</item>
/// <item>a tool group with a failed result is an error; every other tool group is work;</item>
/// <item>an assistant message that reports a failure is an error, one of at most twelve words is trivial, anything else is work.</item>
/// </list>
/// </summary>
public static partial class ImportanceRules
{
    private const int ShortUserWords = 6;
    private const int ShortUserChars = 200;
    private const int ShortAssistantWords = 12;

    internal static Importance Of(MessageGroup group)
    {
        switch (group.Kind)
        {
            case GroupKind.System or GroupKind.Summary:
                return Importance.Instruction;
            case GroupKind.User:
                return group.IsInjected ? Importance.Trivial : OfUser(InjectedText.Strip(group.Messages[0]));
            case GroupKind.Assistant:
                return OfAssistant(string.Join('\n', group.Messages.Select(MessageText.Of)));
            default:
                return group.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Any(Failed)
                    ? Importance.Error
                    : Importance.Work;
        }
    }

    /// <summary>Whether a tool result reports a failure: an exception, a non-zero exit code, or an error in its first lines.</summary>
    public static bool Failed(FunctionResultContent result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Exception is not null)
            return true;
        var text = MessageText.OfResult(result.Result);
        var head = text.AsSpan(0, Math.Min(text.Length, 2000));
        var tail = text.AsSpan(Math.Max(0, text.Length - 400));
        return (head.ContainsAny(FailureWords) && FailedResult().IsMatch(head))
            || (tail.ContainsAny(FailureWords) && ExitCode().IsMatch(tail));
    }

    // Whatever the patterns match holds one of these; most results hold none, and are done with at the speed of a vectorized search.
    private static readonly SearchValues<string> FailureWords = SearchValues.Create(
        ["error", "fatal", "panic", "traceback", "exception", "exit", "fail", "not found", "no such file", "denied", "npm err"],
        StringComparison.OrdinalIgnoreCase);

    private static Importance OfUser(string text)
    {
        if (text.Length <= ShortUserChars && Words(text, ShortUserWords) <= ShortUserWords && Acknowledgement().IsMatch(text))
            return Importance.Trivial;
        return Deciding().IsMatch(Head(text)) ? Importance.Decision : Importance.Instruction;
    }

    private static Importance OfAssistant(string text)
    {
        if (Deciding().IsMatch(Head(text)))
            return Importance.Decision;
        if (Failing().IsMatch(Head(text)))
            return Importance.Error;
        return Words(text, ShortAssistantWords) <= ShortAssistantWords ? Importance.Trivial : Importance.Work;
    }

    // Whoever pastes a megabyte has said what matters near its beginning; the rules must not take time on the rest.
    private static ReadOnlySpan<char> Head(string text) => text.AsSpan(0, Math.Min(text.Length, 8000));

    private static int Words(string text, int atMost)
    {
        var words = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            // A CJK character counts as a word: these scripts put no spaces between words.
            var ideograph = rune.Value is >= 0x3040 and <= 0x9fff or >= 0xac00 and <= 0xd7af;
            var letter = System.Text.Rune.IsLetterOrDigit(rune);
            if (letter && (ideograph || !inWord) && ++words > atMost)
                return words;
            inWord = letter;
        }

        return words;
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    [GeneratedRegex(
        @"\A\W*(?:(?:hi|hello|hey|thanks?|thank you|thx|ok(?:ay)?|yes|yep|yeah|no|nope|sure|great|nice|cool|good|perfect|awesome|please"
            + @"|continue|go on|go ahead|proceed|next|done|bye|hallo|danke|ja|nein|gut|weiter|bitte|hola|gracias|sí|merci|oui|non|bonjour"
            + @"|谢谢|好的?|继续|你好|是的?|ありがとう|はい|続けて|네|감사합니다)\b?\W*)+(?:you|so much|very much|a lot|then|now|there|again|with it|it|that"
            + @"|thanks)?\W*\z",
        Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Acknowledgement();

    [GeneratedRegex(
        @"\b(?:decid(?:ed?|ing)|decision|approved?|agreed?|go(?:ing)? with|let'?s (?:use|go)|we(?:'ll| will) use|chose|chosen|settled on"
            + @"|instead of|rather than|from now on|entschieden|beschlossen|decidido|décidé)\b|决定|決定|결정",
        Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Deciding();

    [GeneratedRegex(
        @"\b(?:error|fail(?:s|ed|ing|ure)?|exception|broken|crash(?:es|ed)?|traceback|panic)\b", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Failing();

    [GeneratedRegex(
        @"^\s*(?:<tool_use_error>|error\b|fatal\b|panic\b|traceback|exception\b|\w*(?:Error|Exception)\b:)|\b(?:exit code|exit status"
            + @"|exited with code)[ :]+[1-9]|(?:^|: )error (?:TS|CS|MSB|NU)\d|: (?:command not found|no such file or directory"
            + @"|permission denied)|^npm ERR!|^FAIL\b|\b[1-9]\d* (?:failed|failing)\b",
        Options | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FailedResult();

    [GeneratedRegex(
        @"\b(?:exit code|exit status|exited with code)[ :]+[1-9]|\b[1-9]\d* (?:failed|failing)\b", Options, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ExitCode();
}

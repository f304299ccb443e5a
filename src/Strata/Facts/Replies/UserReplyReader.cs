using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Facts.Replies;

/// <summary>Finds the user's words in results of tool calls, as the clients quote them.</summary>
/// <remarks>
/// What a page, a file or a program says must never pass for the user: an answer is believed of a tool that asks, a plan of the tool that
/// shows it, and a refusal where the client marks the result as an error or the call itself would have quoted nothing.
/// </remarks>
internal static partial class UserReplyReader
{
    private const int LongestLine = 300;
    private const int LongestReply = 20_000;

    /// <summary>Null when the result is not the user's. <paramref name="call"/> is null where it is not known.</summary>
    public static UserReply? Read(FunctionCallContent? call, FunctionResultContent result, string text)
    {
        if (text.Length > LongestReply)
            return null;
        if (Refusal(FirstLine(text)) && (result.Exception is not null || (call is not null && !Quotes(call))))
            return new UserReply(UserReplyKind.Refused, WordsBehind(ReasonMark(), text) is { } reason ? [(null, reason)] : []);
        if (call is null || result.Exception is not null)
            return null;
        if (ShowsPlan(call.Name))
            return Approval().IsMatch(FirstLine(text)) && PlanIn(call, text) is { } plan
                ? new UserReply(UserReplyKind.Approved, [(null, plan)]) : null;
        return Asks(call.Name) && Answers(text) is { Count: > 0 } answers ? new UserReply(UserReplyKind.Answered, answers) : null;
    }

    /// <summary>Whether a tool asks the user something, whatever its client calls it.</summary>
    public static bool Asks(string tool) => AskingTool().IsMatch(tool);

    /// <summary>Whether a tool hands work to another agent, whose report is its result.</summary>
    public static bool Delegates(FunctionCallContent call) =>
        DelegatingTool().IsMatch(call.Name) || CallText.String(call, "subagent_type", "agent_type", "subagentType") is not null;

    private static bool ShowsPlan(string tool) => PlanTool().IsMatch(tool);

    // What such a call prints is another's text, and may say anything.
    private static bool Quotes(FunctionCallContent call) =>
        CallText.NewText(call) is null && CallText.Patch(call) is null
        && (CallText.Command(call) is not null || CallText.Path(call) is not null
            || CallText.String(call, [.. CallText.QueryKeys, "url", "uri"]) is not null);

    private static bool Refusal(string line) => RefusedLine().IsMatch(line);

    private static string? WordsBehind(Regex mark, string text)
    {
        if (mark.Match(text) is not { Success: true } match)
            return null;
        var words = text[(match.Index + match.Length)..];
        if (Unwrapped().Match(words) is { Success: true } inner)
            words = inner.Groups["words"].Value;
        if (BehindReason().Match(words) is { Success: true } behind)
            words = words[..behind.Index];
        words = words.Trim().Trim('"').Trim();
        return words.Length > 0 ? words : null;
    }

    private static string? PlanIn(FunctionCallContent call, string text) =>
        (PlanHeading().Match(text) is { Success: true } heading ? text[(heading.Index + heading.Length)..]
            : CallText.String(call, "plan"))?.Trim() is { Length: > 0 } plan
            ? plan
            : null;

    private static List<(string? About, string Words)> Answers(string text)
    {
        text = text.Trim();
        if (text is ['{', ..] && InJson(text) is { } inJson)
            return inJson;
        if (NoAnswer().IsMatch(text))
            return [];
        var pairs = QuotedPair().Matches(text);
        if (pairs.Count > 0)
            return [.. pairs.Select(pair => ((string?)pair.Groups["about"].Value, pair.Groups["words"].Value))];
        if (Unwrapped().Match(text) is { Success: true } inner)
            text = inner.Groups["words"].Value.Trim();
        text = AnswerMark().Replace(text, "", 1).Trim().Trim('"');
        return text.Length > 0 ? [(null, text)] : [];
    }

    // {"answers": {id: text}}, {"answers": {id: {"answers": [text]}}}, {"answer": text}
    private static List<(string? About, string Words)>? InJson(string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text);
            var root = json.RootElement;
            if (root.TryGetProperty("answer", out var answer) || root.TryGetProperty("response", out answer))
                return [.. Strings(answer).Select(words => ((string?)null, words))];
            if (!root.TryGetProperty("answers", out var answers))
                return null;
            return answers.ValueKind != JsonValueKind.Object
                ? [.. Strings(answers).Select(words => ((string?)null, words))]
                : [.. answers.EnumerateObject().SelectMany(one => Strings(one.Value).Select(words => ((string?)one.Name, words)))];
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IEnumerable<string> Strings(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [JsonText.StringOf(value)],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Strings),
        JsonValueKind.Object =>
            value.EnumerateObject().Where(one => one.Name is "answers" or "answer" or "notes" or "text")
                .SelectMany(one => Strings(one.Value)),
        _ => [],
    };

    private static string FirstLine(string text)
    {
        text = text.TrimStart();
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        return text[..Math.Min(end < 0 ? text.Length : end, LongestLine)];
    }

    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(
        @"\A(?:<tool_use_error>|error: |\[[^\]\n]{0,60}\]:? ?(?:reason: )?)?(?:(?:the )?user (?:doesn't|does not|did not|didn't) (?:want"
            + @"|allow|approve)|(?:the )?user (?:has )?(?:rejected|denied|declined|refused|cancelled|canceled|chose(?:n)? (?:to (?:reject"
            + @"|disallow|deny)|not to))\b|[\w ,'-]{0,80}\b(?:rejected|denied|declined|refused|cancelled|canceled) by (?:the )?user\b)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex RefusedLine();

    [GeneratedRegex(
        @"\bthe user said:|\b(?:with|provided|gave|left) the following (?:feedback|reason|message|instructions?|comment)[^:\n]{0,60}:"
            + @"|\b(?:user(?:'s)? )?(?:feedback|reason|comment|instructions?): ?(?!user\b)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex ReasonMark();

    [GeneratedRegex(@"\n\n(?:Note: The user's next message|STOP what you are doing|\[?The user (?:may|will)\b)", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex BehindReason();

    [GeneratedRegex(@"\A\s*<(?<tag>feedback|user_message|answer|response)>(?<words>.*?)</\k<tag>>", Options | RegexOptions.Singleline,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Unwrapped();

    [GeneratedRegex(@"(?:\A|__|[.:/])(?:ask(?:_?(?:user|human|follow_?up|question|clarif|me|for)\w*)|questions?|(?:request|get|prompt"
        + @"|elicit)_?(?:user|human)\w*|(?:user|human)_?(?:input|question)\w*)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AskingTool();

    [GeneratedRegex(
        @"(?:\A|__|[.:/])(?:exit_?plan_?mode\w*|plan_?exit|(?:present|submit|propose)_?plan)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PlanTool();

    [GeneratedRegex(@"(?:\A|__|[.:/])(?:task|agent|new_task|dispatch_agent|(?:run|spawn|call|invoke|launch|wait)_?(?:sub_?)?agents?"
        + @"|sub_?agent\w*|delegate\w*|sessions_spawn)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex DelegatingTool();

    [GeneratedRegex(@"\A(?:the )?user (?:has )?(?:approved|accepted|agreed)|\Aplan (?:was )?(?:approved|accepted)", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Approval();

    [GeneratedRegex(@"^#{1,4} approved plan\b[^\n]*\n", Options | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex PlanHeading();

    [GeneratedRegex(@"""(?<about>[^""\n]{1,2000})"" ?(?:=|→|->|:) ?""(?<words>[^""]{1,8000}|(?:[^""]|""(?!, ""|\.? ?(?:You can|\z)"
        + @"|\n)){1,8000})""(?=\s*(?:,|\.|\z|\n|user notes|selected))", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex QuotedPair();

    [GeneratedRegex(@"\A(?:(?:the )?user (?:has )?(?:answered|responded|replied|selected|chose|said)[^:\n]{0,60}:|answers?:|response:)",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex AnswerMark();

    [GeneratedRegex(@"\A(?:error\b|(?:the )?user (?:submitted without|did not|didn't|has not|cancelled|dismissed|skipped)|no (?:answer"
        + @"|response)|timed? ?out)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex NoAnswer();
}

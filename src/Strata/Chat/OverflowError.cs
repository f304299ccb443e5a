using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Strata.Calls;

namespace Strata.Chat;

/// <summary>A provider's answer that the request is larger than the model's window, with the numbers that it names.</summary>
/// <param name="Used">Input tokens as the provider counted them; null when it does not say.</param>
/// <param name="Limit">Tokens that the model takes, output included; null when it does not say.</param>
/// <param name="Output">Tokens that were asked for as output and count towards the limit; 0 when it does not say.</param>
internal sealed partial record OverflowError(long? Used, long? Limit, long Output)
{
    private const int MostInner = 8;

    /// <summary>Whether it may have been the bytes that were too many: a picture has millions of them and few tokens.</summary>
    public bool MayBeOfBytes { get; private init; }

    /// <summary>Input tokens that would have been taken; null when that is not known.</summary>
    public long? MaxInput => Limit is { } limit && limit > Output ? limit - Output : null;

    /// <summary>Null when <paramref name="exception"/> tells of anything else. Known by type, status and words, so that no provider's package is needed.</summary>
    public static OverflowError? Of(Exception exception)
    {
        var (isOverflow, isOfBytes) = (false, false);
        OverflowError? numbers = null;
        var inner = exception;
        for (var depth = 0; inner is not null && depth < MostInner; depth++, inner = inner.InnerException)
        {
            if (inner is OperationCanceledException || OfRate().IsMatch(inner.Message))
                return null;
            isOverflow |= inner is ModelCallException { Fault: CallFault.TooLong } || Says().IsMatch(inner.Message);
            isOfBytes |= inner is HttpRequestException { StatusCode: HttpStatusCode.RequestEntityTooLarge } || OfBytes().IsMatch(inner.Message);
            numbers ??= Parse(inner.Message);
        }

        return isOverflow || isOfBytes ? (numbers ?? new OverflowError(null, null, 0)) with { MayBeOfBytes = isOfBytes } : null;
    }

    private static OverflowError? Parse(string message)
    {
        var match = Numbers().Match(message);
        return match.Success ? new OverflowError(Number(match, "used"), Number(match, "limit"), Number(match, "output") ?? 0) : null;
    }

    private static long? Number(Match match, string name) =>
        long.TryParse(match.Groups[name].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    // Waiting helps against these, not compacting: Bedrock's "too many tokens, please wait", OpenAI's "request too large … tokens per min".
    [GeneratedRegex(@"please wait|per[ -]?(?:min|day|hour)|rate[ _-]?limit|throttl|quota", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OfRate();

    // OpenAI and all that copy it; Anthropic; Gemini; llama.cpp; Ollama; Bedrock; Cohere; xAI; Copilot; Alibaba; any server that answers 413.
    [GeneratedRegex(
        """
        context_length_exceeded|model_context_window_exceeded|string_above_max_length|exceed_context_size
        |maximum\ (?:context|prompt)\ length|max(?:imum)?\ context\ length|context\ limit|exceeds?\ the\ (?:model's\ |available\ )?context|context\ window\ exceeds|larger\ than\ the\ (?:model's\ )?(?:context|window)
        |prompt\ (?:is\ )?too\ long|input\ is\ too\ long|input\ length\ .{0,40}exceed|input\ token\ count.{0,40}exceeds|token\ count\ of\ .{0,30}exceeds|too\ many\ (?:input\ )?tokens
        |number\ of\ input\ tokens\ exceeds|exceeds\ the\ maximum\ number\ of\ tokens|reduce\ the\ length\ of\ the\ (?:messages|prompt|input)|Range\ of\ input\ length
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Says();

    [GeneratedRegex(
        """request_too_large|\bHTTP\ 413\b|\b413\ \(|Status\ Code:\ (?:413|RequestEntityTooLarge)|Payload\ Too\ Large|Request\ Entity\ Too\ Large|Content\ Too\ Large""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OfBytes();

    [GeneratedRegex(
        """
        (?<used>\d[\d,]*)\ tokens\ >\ (?<limit>\d[\d,]*)
        |exceed\ context\ limit:\ (?<used>\d[\d,]*)\ \+\ (?<output>\d[\d,]*)\ >\ (?<limit>\d[\d,]*)
        |maximum\ context\ length\ is\ (?<limit>\d[\d,]*)\ tokens.{0,80}?\ requested\ (?<output>\d[\d,]*)\ output\ tokens.{0,60}?\ (?<used>\d[\d,]*)\ input\ tokens
        |maximum\ context\ length\ is\ (?<limit>\d[\d,]*)\ tokens.{0,80}?\d[\d,]*\ tokens\ \((?:about\ )?(?<used>\d[\d,]*)\ (?:in\ (?:the\ messages|your\ prompt|the\ prompt)|of\ text\ input)[^)]{0,80}?(?<output>\d[\d,]*)\ (?:in|for|of)\ the\ (?:completion|output)
        |maximum\ context\ length\ is\ (?<limit>\d[\d,]*)\ tokens(?:.{0,80}?(?:resulted\ in|requested(?:\ about)?|has|contains)\ (?<used>\d[\d,]*)(?:\ input)?\ tokens)?
        |maximum\ prompt\ length\ is\ (?<limit>\d[\d,]*).{0,40}?contains\ (?<used>\d[\d,]*)\ tokens
        |input\ token\ count\ \(?(?<used>\d[\d,]*)\)?\ exceeds\ the\ maximum\ number\ of\ tokens\ allowed\ \(?(?<limit>\d[\d,]*)
        |request\ \((?<used>\d[\d,]*)\ tokens\)\ exceeds\ the\ available\ context\ size\ \((?<limit>\d[\d,]*)
        |exceeds\ the\ available\ context\ size\ \((?<limit>\d[\d,]*)
        |token\ count\ of\ (?<used>\d[\d,]*)\ exceeds\ the\ limit\ of\ (?<limit>\d[\d,]*)
        |contains\ (?<used>\d[\d,]*)\ tokens.{0,60}?too\ large\ for\ model\ with\ (?<limit>\d[\d,]*)\ maximum
        |cannot\ exceed\ (?<limit>\d[\d,]*)\ (?:tokens\ )?-\ received\ (?<used>\d[\d,]*)
        |max\ input\ tokens:\ (?<limit>\d[\d,]*),\ request\ input\ token\ count:\ (?<used>\d[\d,]*)
        |"n_prompt_tokens":\s?(?<used>\d+),\s?"n_ctx":\s?(?<limit>\d+)
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numbers();
}

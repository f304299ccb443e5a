using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Conversations;

/// <summary>A provider's answer that the request is larger than the model's window, with the numbers that it names.</summary>
/// <param name="Used">Input tokens as the provider counted them; null when it does not say.</param>
/// <param name="Limit">Tokens that the model takes, output included; null when it does not say.</param>
/// <param name="Output">Tokens that were asked for as output and count towards the limit; 0 when it does not say.</param>
public sealed partial record ContextOverflow(long? Used, long? Limit, long Output)
{
    /// <summary>Whether it may have been the bytes that were too many: a picture has millions of them and few tokens.</summary>
    public bool MayBeOfBytes { get; init; }

    /// <summary>Input tokens that would have been taken; null when that is not known.</summary>
    public long? MaxInput => Limit is { } limit && limit > Output ? limit - Output : null;

    /// <summary>
    /// What a provider's error tells of an overflow; null when it tells of anything else, such as a rate limit. Known by its words alone.
    /// </summary>
    /// <param name="error">The error's text, or the body of the response.</param>
    /// <param name="isTooLarge">Whether the response said that the body is too large, as status 413 does.</param>
    public static ContextOverflow? Read(string error, bool isTooLarge = false)
    {
        ArgumentNullException.ThrowIfNull(error);
        return Read([error], isOverflow: false, isTooLarge);
    }

    /// <summary>The same of an error that is told in several texts, the outermost first.</summary>
    /// <param name="errors">The texts.</param>
    /// <param name="isOverflow">Whether it is known to be an overflow, whatever the texts say.</param>
    /// <param name="isTooLarge">Whether the body was too large.</param>
    internal static ContextOverflow? Read(IReadOnlyList<string> errors, bool isOverflow, bool isTooLarge)
    {
        if (errors.Any(error => OfRate().IsMatch(error)))
            return null;
        isTooLarge |= errors.Any(error => OfBytes().IsMatch(error));
        if (!isOverflow && !isTooLarge && !errors.Any(error => Says().IsMatch(error)))
            return null;
        var numbers = errors.Select(Parse).FirstOrDefault(numbers => numbers is not null) ?? new ContextOverflow(null, null, 0);
        return numbers with { MayBeOfBytes = isTooLarge };
    }

    private static ContextOverflow? Parse(string message)
    {
        var match = Numbers().Match(message);
        return match.Success ? new ContextOverflow(Number(match, "used"), Number(match, "limit"), Number(match, "output") ?? 0) : null;
    }

    private static long? Number(Match match, string name) =>
        long.TryParse(match.Groups[name].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number : null;

    // Waiting helps against these, not compacting: Bedrock's "too many tokens, please wait", OpenAI's "request too large … tokens per min".
    [GeneratedRegex(@"please wait|per[ -]?(?:min|day|hour)|rate[ _-]?limit|throttl|quota",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OfRate();

    // OpenAI and all that copy it; Anthropic; Gemini; llama.cpp; Ollama; Bedrock; Cohere; xAI; Copilot; Alibaba; any server that answers
    // 413.
    [GeneratedRegex(
        """
        context_length_exceeded|model_context_window_exceeded|string_above_max_length|exceed_context_size
        |maximum\ (?:context|prompt)\ length|max(?:imum)?\ context\ length|context\ limit
        |exceeds?\ the\ (?:model's\ |available\ )?context|context\ window\ exceeds|larger\ than\ the\ (?:model's\ )?(?:context|window)
        |prompt\ (?:is\ )?too\ long|input\ is\ too\ long|input\ length\ .{0,40}exceed|input\ token\ count.{0,40}exceeds
        |token\ count\ of\ .{0,30}exceeds|too\ many\ (?:input\ )?tokens|number\ of\ input\ tokens\ exceeds
        |exceeds\ the\ maximum\ number\ of\ tokens|reduce\ the\ length\ of\ the\ (?:messages|prompt|input)|Range\ of\ input\ length
        """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Says();

    [GeneratedRegex(
        """request_too_large|\bHTTP\ 413\b|\b413\ \(|Status\ Code:\ (?:413|RequestEntityTooLarge)|Payload\ Too\ Large|Request\ Entity\ """
            + """Too\ Large|Content\ Too\ Large""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OfBytes();

    [GeneratedRegex(
        """
        (?<used>\d[\d,]*)\ tokens\ >\ (?<limit>\d[\d,]*)
        |exceed\ context\ limit:\ (?<used>\d[\d,]*)\ \+\ (?<output>\d[\d,]*)\ >\ (?<limit>\d[\d,]*)
        |maximum\ context\ length\ is\ (?<limit>\d[\d,]*)\ tokens.{0,80}?
            \ requested\ (?<output>\d[\d,]*)\ output\ tokens.{0,60}?\ (?<used>\d[\d,]*)\ input\ tokens
        |maximum\ context\ length\ is\ (?<limit>\d[\d,]*)\ tokens.{0,80}?\d[\d,]*\ tokens\ \(
            (?:about\ )?(?<used>\d[\d,]*)\ (?:in\ (?:the\ messages|your\ prompt|the\ prompt)|of\ text\ input)
            [^)]{0,80}?(?<output>\d[\d,]*)\ (?:in|for|of)\ the\ (?:completion|output)
        |maximum\ context\ length\ is\ (?<limit>\d[\d,]*)\ tokens
            (?:.{0,80}?(?:resulted\ in|requested(?:\ about)?|has|contains)\ (?<used>\d[\d,]*)(?:\ input)?\ tokens)?
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
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture
            | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Numbers();
}

using Strata.LevelZero.Reading;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.LevelZero;

/// <summary>
/// Writes a summary without a model: the user's requests and rules word for word, tasks, files, commands and errors from the tool calls,
/// and the sentences and lines that name what later turns are likely to need.
/// </summary>
/// <remarks>
/// Deterministic, no I/O, time near-linear in the text. The text is never larger than what it covers. Under 64 tokens there is no room for
/// more than the header, or a part of it.
/// </remarks>
public sealed class ExtractiveSummarizer : ISummarizer
{
    // Ranges of earlier compactions have at most a quarter of what stands below the line.
    private const int LeastBesideRanges = 4;

    public int Level => 0;

    public string Name => "extractive";

    public ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Groups.Count == 0)
            throw new ArgumentException("A summary needs at least one group.", nameof(request));
        cancellationToken.ThrowIfCancellationRequested();
        var text = Write(request, cancellationToken);
        KnownSummaries.Add(text);
        return ValueTask.FromResult(new Summary(text, request.Counter.Count(text), Level, Name));
    }

    /// <summary>Whether all there is to summarize is one summary of ours that fits: it stays as it is.</summary>
    internal static bool NothingNew(SummaryRequest request) =>
        OwnSummaryAlone(request) is { } own && request.Counter.Count(own) <= Math.Min(Math.Max(0, request.MaxTokens), InputTokens(request));

    internal static string Write(SummaryRequest request, CancellationToken cancellationToken)
    {
        var counter = request.Counter;
        var limit = Math.Min(Math.Max(0, request.MaxTokens), InputTokens(request));
        var groups = request.Transcript.Groups;
        if (NothingNew(request))
            return OwnSummaryAlone(request)!;   // not a byte changes, however often it is compacted
        var notes = SessionReader.Read(request, cancellationToken);
        var header = HeaderOf(notes.EarlierRanges);
        var bare = HeaderOf([]);
        // What an earlier summary said goes on before the ranges that it named.
        if ((counter.Count(header) - counter.Count(bare)) * LeastBesideRanges > limit - counter.Count(bare))
            header = bare;
        return counter.Count(header) <= limit
            ? SummaryComposer.Compose(notes, header, limit, counter)
            : header[..counter.FitHead(header, limit)];

        string HeaderOf(IReadOnlyList<string> earlier) =>
            SummaryHeader.Write(notes.MessageCount, groups[request.Groups[0]].Handle, groups[request.Groups[^1]].Handle, earlier);
    }

    private static string? OwnSummaryAlone(SummaryRequest request) =>
        request.Groups is [var only] && request.Transcript.Groups[only] is { Kind: GroupKind.Summary } group
            && MessageText.Of(group.Messages[0]) is var text
            && PreviousSummary.Parse(text) is not null ? text : null;

    // Stops as soon as the input is known to be larger than any summary may be.
    private static int InputTokens(SummaryRequest request)
    {
        var tokens = 0;
        foreach (var content in request.Groups.SelectMany(group => request.Transcript.Groups[group].Messages)
            .SelectMany(message => message.Contents))
        {
            if (MessageText.Of(content) is not { } text)
                return request.MaxTokens;   // media are larger than their text tells
            tokens += request.Counter.CountUpTo(text, Math.Max(1, request.MaxTokens));
            if (tokens > request.MaxTokens)
                break;
        }

        return tokens;
    }
}

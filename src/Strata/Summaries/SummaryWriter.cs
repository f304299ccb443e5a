using System.Diagnostics;
using Strata.Planning;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Summaries;

/// <summary>Has a plan's summaries written. What the gate refuses is replaced by a notice: the header line, which says how much is gone and how to recall it.</summary>
internal sealed class SummaryWriter(ISummarizer summarizer, ITokenCounter counter)
{
    /// <summary>The writer's name of a notice.</summary>
    public const string Notice = "notice";

    /// <summary>Whether no model has to be paid or waited for.</summary>
    public bool AreFree => summarizer.Level == 0;

    public async ValueTask<IReadOnlyList<Summary>> WriteAsync(
        CompactionPlan plan, Transcript transcript, TokenMap tokens, CancellationToken cancellationToken)
    {
        var written = new Summary[plan.Summaries.Count];
        for (var i = 0; i < written.Length; i++)
        {
            var planned = plan.Summaries[i];
            written[i] = planned.IsNotice ? NoticeOf(planned, transcript)
                : await TryWriteAsync(planned, transcript, tokens, cancellationToken).ConfigureAwait(false) ?? NoticeOf(planned, transcript);
        }

        return written;
    }

    private async ValueTask<Summary?> TryWriteAsync(
        PlannedSummary planned, Transcript transcript, TokenMap tokens, CancellationToken cancellationToken)
    {
        var request = new SummaryRequest { Transcript = transcript, Groups = planned.Groups, MaxTokens = planned.MaxTokens, Counter = counter };
        Summary summary;
        try
        {
            summary = await summarizer.SummarizeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Trace.TraceWarning("{0} failed to write a summary, a notice stands in its place: {1}", summarizer.Name, e);
            return null;
        }

        if (summary is null)
            return null;

        // What a summarizer says of its own text is not taken for granted: neither its length nor that it can be told from a user's words.
        var text = SummaryHeader.Starts(summary.Text) ? summary.Text : HeaderOf(planned, transcript) + "\n" + summary.Text;
        summary = summary with { Text = text, Tokens = counter.Count(text) };
        var covered = planned.Groups.Sum(group => (long)tokens.OfGroup(group));
        return SummaryGate.Refuse(summary, planned.MaxTokens, (int)Math.Min(covered, int.MaxValue)) is null ? summary : null;
    }

    private static string HeaderOf(PlannedSummary planned, Transcript transcript) => SummaryHeader.Write(
        planned.Groups.Sum(group => transcript.Groups[group].Messages.Count),
        transcript.Groups[planned.Groups[0]].Handle,
        transcript.Groups[planned.Groups[^1]].Handle);

    private Summary NoticeOf(PlannedSummary planned, Transcript transcript)
    {
        var text = SummaryHeader.WriteNotice(
            planned.Groups.Sum(group => transcript.Groups[group].Messages.Count),
            transcript.Groups[planned.Groups[0]].Handle,
            transcript.Groups[planned.Groups[^1]].Handle);
        return new Summary(text, counter.Count(text), Level: 0, WrittenBy: Notice);
    }
}

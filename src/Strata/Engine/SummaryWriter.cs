using System.Diagnostics;
using Microsoft.Extensions.AI;
using Strata.LevelZero;
using Strata.Planning;
using Strata.Reducing.Shortening;
using Strata.Secrets;
using Strata.Summaries;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata;

/// <summary>
/// Has a plan's summaries written. What the gate refuses level 0 writes; where even that has no room, a notice: the header line, which says
/// how much is gone and how to recall it.
/// </summary>
internal sealed class SummaryWriter(ISummarizer summarizer, ITokenCounter counter)
{
    /// <summary>The writer's name of a notice.</summary>
    public const string Notice = "notice";

    private static readonly ExtractiveSummarizer LevelZero = new();

    /// <summary>Whether no model has to be paid or waited for.</summary>
    public bool AreFree => summarizer.Level == 0;

    public async ValueTask<IReadOnlyList<Summary>> WriteAsync(
        CompactionPlan plan, Transcript transcript, TokenMap tokens, CancellationToken cancellationToken)
    {
        var written = new Summary[plan.Summaries.Count];
        var beside = plan.Summaries.All(planned => planned.IsNotice) ? [] : Beside(plan, SecretGate.Pass(transcript), tokens);
        var shortened =
            plan.Decisions.Where(decision => decision.Action == GroupAction.Shorten).Select(decision => decision.Group).ToList();
        for (var i = 0; i < written.Length; i++)
        {
            var planned = plan.Summaries[i];
            var request = new SummaryRequest
            {
                Transcript = transcript,
                Groups = planned.Groups,
                Shortened = shortened,
                Beside = beside,
                Parts = planned.Parts,
                MaxTokens = planned.MaxTokens,
                Counter = counter,
            };
            written[i] = planned.IsNotice ? NoticeOf(planned, transcript)
                : await WriteAsync(request, planned, tokens, cancellationToken).ConfigureAwait(false);
            KnownSummaries.Add(written[i].Text);
        }

        return written;
    }

    private async ValueTask<Summary> WriteAsync(
        SummaryRequest request, PlannedSummary planned, TokenMap tokens, CancellationToken cancellationToken)
    {
        var (own, isAccepted) = await TryWriteAsync(summarizer, request, planned, tokens, cancellationToken).ConfigureAwait(false);
        if (isAccepted)
            return own!;
        var (instead, isGood) = AreFree ? (null, false)
            : await TryWriteAsync(LevelZero, request with { Parts = [] }, planned, tokens, cancellationToken).ConfigureAwait(false);

        // Refused or not, it was paid for.
        return (isGood ? instead! : NoticeOf(planned, request.Transcript)) with { Nodes = own?.Nodes ?? [], Usage = own?.Usage ?? default };
    }

    // Of a transcript without secrets: one that is cut in two is not known for one.
    private static List<ChatMessage> Beside(CompactionPlan plan, Transcript transcript, TokenMap tokens)
    {
        var beside = new List<ChatMessage>();
        for (var i = 0; i < transcript.Messages.Count; i++)
        {
            var decision = plan.Decisions[transcript.GroupOfMessage[i]];
            if (decision.Action == GroupAction.Keep)
                beside.Add(transcript.Messages[i]);
            else if (decision is { Action: GroupAction.Shorten, Caps: { } caps })
                beside.Add(MessageShortener.Shorten(transcript, i, caps, decision.Superseded, tokens));
        }

        return beside;
    }

    private async ValueTask<(Summary? Summary, bool IsAccepted)> TryWriteAsync(
        ISummarizer summarizer, SummaryRequest request, PlannedSummary planned, TokenMap tokens, CancellationToken cancellationToken)
    {
        Summary summary;
        try
        {
            summary = await summarizer.SummarizeAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            Trace.TraceWarning("{0} failed to write a summary: {1}", summarizer.Name, SecretRedactor.Redact(e.ToString()));
            return (null, false);
        }

        if (summary is null)
            return (null, false);

        // What a summarizer says of its own text is not taken for granted: neither its length, nor that it tells no
        // secret, nor that it can be told from a user's words.
        var written = SecretRedactor.Redact(summary.Text);
        var text = SummaryHeader.Starts(written) ? written : HeaderOf(planned, request.Transcript) + "\n" + written;
        summary = summary with
        {
            Text = text,
            Tokens = counter.Count(text),
            Nodes = [.. summary.Nodes.Select(node => node with { Text = SecretRedactor.Redact(node.Text) })],
        };
        var covered = planned.Groups.Sum(group => (long)tokens.OfGroup(group));
        return (summary, SummaryGate.Refuse(summary, planned.MaxTokens, (int)Math.Min(covered, int.MaxValue)) is null);
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

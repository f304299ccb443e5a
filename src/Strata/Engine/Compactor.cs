using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Diagnostics;
using Strata.Formats;
using Strata.Models;
using Strata.Planning;
using Strata.Summaries;
using Strata.Tokens;
using Strata.Tokens.Calibration;
using Strata.Transcripts;

namespace Strata;

/// <summary>Keeps conversations inside a context window.</summary>
/// <remarks>
/// Thread-safe. Messages and options that are passed in are never changed. A conversation that grows from call to call is recognized by its
/// prefix: only what is new is read and counted.
/// </remarks>
public sealed partial class Compactor
{
    private readonly CompactionOptions _given;
    private readonly CompactionOptions _options;
    private readonly ISummarizer? _summarizer;
    private readonly Subscribers _subscribers;
    private readonly CompactionArchiver? _archiver;
    private readonly CompactorParts _parts;
    private readonly CompactedPrefixes _compacted;

    /// <param name="options">Null: the defaults.</param>
    /// <param name="summarizer">Writes summaries; null: level 0, without a model.</param>
    /// <param name="strategies">Strategies beside the built-in ones; they win where names are equal.</param>
    /// <param name="time">Null: the system's clock.</param>
    /// <param name="archive">Where originals are kept before they leave the context; null: nowhere, and what was cut can be recalled only
    /// from the caller's own copy.</param>
    /// <exception cref="ArgumentException">An unknown strategy, or numbers that contradict each other: the message names them and the way
    /// out.</exception>
    public Compactor(
        CompactionOptions? options = null, ISummarizer? summarizer = null, IEnumerable<ICompactionStrategy>? strategies = null,
        TimeProvider? time = null, IArchive? archive = null)
    {
        _given = options ?? new CompactionOptions();
        _options = CompactorParts.WithLevels(_given, summarizer);
        if (_options.SummaryRole != ChatRole.User && _options.SummaryRole != ChatRole.System)
            throw new ArgumentException(
                $"A summary cannot be sent in the role '{_options.SummaryRole}': give user or system.", nameof(options));
        var strategy = CompactorParts.FindStrategy(_options.Strategy, strategies);
        Time = time ?? TimeProvider.System;
        _subscribers = new Subscribers();
        _compacted = new CompactedPrefixes();
        (Model, Counter) = CompactorParts.ModelOf(_options);
        Budget = TokenBudget.Create(CompactorParts.WindowOf(_options, Model.Model), _options.Budget);
        Archive = archive;
        Calibrator = _options.Calibrator ?? new UsageCalibrator(archive, Time);
        _archiver = archive is null ? null : new CompactionArchiver(archive);
        _summarizer = summarizer;
        _parts = CompactorParts.Of(_options, strategy, summarizer, this, _compacted);
    }

    // The same for another model or without models that write: what was learnt, the archive and the subscribers are shared.
    private Compactor(Compactor other, CompactionOptions options, ISummarizer? summarizer)
    {
        _given = options;
        _options = CompactorParts.WithLevels(options, summarizer);
        (Time, _subscribers, _compacted) = (other.Time, other._subscribers, other._compacted);
        (Model, Counter) = CompactorParts.ModelOf(_options);
        Budget = other.Budget.For(CompactorParts.WindowOf(_options, Model.Model), 0);
        (Archive, Calibrator, _archiver) = (other.Archive, other.Calibrator, other._archiver);
        _summarizer = summarizer;
        _parts = CompactorParts.Of(_options, other._parts.Strategy, summarizer, this, _compacted);
    }

    /// <summary>The model that the options name, and how it was found.</summary>
    public ModelMatch Model { get; }

    /// <summary>What the window allows.</summary>
    public TokenBudget Budget { get; }

    /// <summary>What tokens are counted with.</summary>
    public MessageCounter Counter { get; }

    /// <summary>
    /// Learns from reported usage what the counted tokens come to; all budgets and receipts are in tokens as the provider reports them.
    /// </summary>
    public UsageCalibrator Calibrator { get; }

    /// <summary>Where originals are kept; null: nowhere.</summary>
    public IArchive? Archive { get; }

    internal CompactionOptions Options => _options;
    internal TimeProvider Time { get; }
    internal bool HasTriggers => _parts.Gauge.HasTriggers;
    internal bool AsksModels => !_parts.Summaries.AreFree;

    /// <summary>What the window allows in one call.</summary>
    /// <param name="learntWindow">The window that the provider turned out to have; null: the model's.</param>
    /// <param name="chatOptions">Says how long the answer may be; null: nothing is said.</param>
    internal TokenBudget BudgetOf(int? learntWindow, ChatOptions? chatOptions) => _parts.Gauge.BudgetOf(learntWindow, chatOptions);

    /// <summary>The same for another model: its window, where the options state none, and its tokenizer.</summary>
    internal Compactor For(string model) => new(this, _given with { Model = model }, _summarizer);

    /// <summary>The same where no model is paid or waited for.</summary>
    internal Compactor AtLevelZero() => new(this, _given, summarizer: null);

    /// <summary>Whether a rewrite invalidates signed reasoning that the model gave before.</summary>
    internal bool BindsReasoning(string? model, ReasoningVendor? signedBy = null) =>
        _options.Catalogue.Find(model).BindsReasoning(signedBy);

    /// <summary>
    /// What compaction to the target would do, whether it is due or not. Pure: nothing is summarized, no model is called.
    /// </summary>
    public CompactionPlan Plan(CompactionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return Begin(request).Plan();
    }

    /// <inheritdoc cref="CompactAsync(CompactionRequest, CancellationToken)"/>
    public ValueTask<CompactionResult> CompactAsync(IReadOnlyList<ChatMessage> messages, CancellationToken cancellationToken = default) =>
        CompactAsync(new CompactionRequest { Messages = messages }, cancellationToken);

    /// <summary>Compacts to <paramref name="maxOutputTokens"/> whatever the threshold is, as seed 0 does.</summary>
    /// <inheritdoc cref="CompactAsync(CompactionRequest, CancellationToken)"/>
    public ValueTask<CompactionResult> CompactAsync(
        IReadOnlyList<ChatMessage> messages, int maxOutputTokens, string? agentId = null, CancellationToken cancellationToken = default) =>
        CompactAsync(
            new CompactionRequest { Messages = messages, Target = maxOutputTokens, Force = true, AgentId = agentId }, cancellationToken);

    /// <summary>
    /// Compacts a conversation that is above its threshold. Where there is an archive, the originals are in it before this returns.
    /// </summary>
    /// <exception cref="ArgumentException">The request's numbers or pins contradict the conversation or the window.</exception>
    /// <exception cref="InvalidOperationException">A strategy made a plan that breaks the rules; nothing was changed.</exception>
    /// <exception cref="ArchiveException">The archive did not take the originals; go on with the messages as they were.</exception>
    public async ValueTask<CompactionResult> CompactAsync(CompactionRequest request, CancellationToken cancellationToken = default) =>
        await CommitAsync(await PrepareAsync(request, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    /// <summary>
    /// Does all of a compaction except that it takes effect: nothing is archived, nobody is told. The result's messages may be sent only
    /// after
    /// <see cref="CommitAsync"/>; a result that is not wanted any more is simply dropped.
    /// </summary>
    /// <exception cref="ArgumentException">The request's numbers or pins contradict the conversation or the window.</exception>
    /// <exception cref="InvalidOperationException">A strategy made a plan that breaks the rules; nothing was changed.</exception>
    public async ValueTask<CompactionResult> PrepareAsync(CompactionRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var activity = CompactionTelemetry.Start();
        var started = Time.GetTimestamp();
        try
        {
            var result = await PlanAndWriteAsync(request, cancellationToken).ConfigureAwait(false);
            CompactionTelemetry.Describe(activity, result, _parts.Gauge.ModelOf(request));
            var duration = Time.GetElapsedTime(started);
            if (result.Prepared is { } prepared)
                return result with { Prepared = prepared with { Duration = duration } };
            CompactionTelemetry.Record(result, duration);
            return result;
        }
        catch (Exception e)
        {
            CompactionTelemetry.Fail(activity, e);
            throw;
        }
    }

    private async ValueTask<CompactionResult> PlanAndWriteAsync(CompactionRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Calibrator.LoadAsync(_parts.Gauge.ModelOf(request), cancellationToken).ConfigureAwait(false);
        if (Archive is not null && await ArchivedSummaries.FindAsync(Archive, request.Messages, cancellationToken).ConfigureAwait(false))
            _parts.Memory.Clear();
        var run = Begin(request);
        if (run.WhyUnchanged() is { } reason)
            return CompactionOutcomes.Untouched(CompactionOutcome.Unchanged, reason, request, run.Usage);

        // The archive reads and packs what it does not know yet while summaries are written.
        var staging = _archiver?.StageAsync(run.Transcript, cancellationToken);
        var result = await run.CompactAsync(Time, cancellationToken).ConfigureAwait(false);
        return result.Outcome == CompactionOutcome.Compacted
            ? result with { Prepared = new PreparedCompaction(request, run.Transcript, staging) } : result;
    }

    /// <summary>
    /// Archives a prepared compaction and tells the subscribers. One that changed nothing is returned as it is; so is one that was
    /// committed before.
    /// </summary>
    /// <exception cref="ArchiveException">The archive did not take the originals; go on with the messages as they were.</exception>
    public async ValueTask<CompactionResult> CommitAsync(CompactionResult result, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result is not { Outcome: CompactionOutcome.Compacted, Prepared: { } prepared })
            return result;
        if (_archiver is not null)
            result = result with { Receipt = await _archiver.CommitAsync(prepared, result, cancellationToken).ConfigureAwait(false) };
        CompactionTelemetry.Record(result, prepared.Duration);
        result = result with { Prepared = null };
        if (result.Receipt is { } receipt)
            _compacted.Add(receipt.Result, result.Messages.Count);
        await _subscribers.PublishAsync(
            new ContextCompacted(result.TokensBefore, result.TokensAfter, result.Strategy!, _options.Model, result), cancellationToken)
            .ConfigureAwait(false);
        return result;
    }

    /// <summary>
    /// Calls <paramref name="subscriber"/> after every compaction until the returned object is disposed. One that throws stops nobody.
    /// </summary>
    public IDisposable OnContextCompacted(Func<ContextCompacted, CancellationToken, ValueTask> subscriber) => _subscribers.Add(subscriber);

    // A scale that is learnt meanwhile waits for the next compaction.
    private CompactionRun Begin(CompactionRequest request)
    {
        var (transcript, tokens) = _parts.Memory.Recognize(request.Messages);
        var scale = _parts.Gauge.ScaleOf(request);
        return new CompactionRun(_parts, request, transcript, tokens, _parts.Gauge.Read(request, transcript, tokens, scale), scale);
    }
}

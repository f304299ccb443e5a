using System.Globalization;
using Strata.Archives;
using Strata.Formats;
using Strata.Models;
using Strata.Settings;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary>Works out the numbers of a compaction: what a share is a share of, and what a window allows.</summary>
internal sealed class CompactionBuilder
{
    private readonly SessionDocument _document;
    private readonly TimeProvider _time;
    private readonly ISummarizer? _summarizer;
    private readonly IArchive? _archive;
    private readonly bool _windowIsKnown;
    private readonly bool _modelWasTyped;
    private CompactionOptions _options;
    private Compactor _compactor;

    public CompactionBuilder(
        CompactionOptions options, SessionDocument document, bool modelWasTyped, TimeProvider time, ISummarizer? summarizer = null,
        IArchive? archive = null)
    {
        _document = document;
        _time = time;
        _summarizer = summarizer;
        _archive = archive;
        _options = options;
        _compactor = new Compactor(options, summarizer, time: time, archive: archive);
        _windowIsKnown = options.Window is not null || _compactor.Model.Kind != ModelMatchKind.Default;
        _modelWasTyped = modelWasTyped;
        Transcript = Transcript.Create(document.Messages);
    }

    public Transcript Transcript { get; }

    /// <summary>By what the caller states a model or its window.</summary>
    public string Naming { get; init; } = "--model or --window";

    /// <summary>What the user should know, a sentence each.</summary>
    public List<string> Notes { get; } = [];

    public Compaction Build(TokenAmount? threshold, TokenAmount? target, bool force, IReadOnlyCollection<int> pins)
    {
        var current = _compactor.GetTokenUsage(Request(pins)).Current;
        var wanted = target?.Of(current);
        var hasGrown = wanted > _compactor.Budget.Window && !_windowIsKnown;
        if (hasGrown)
            MakeRoomFor(wanted!.Value);
        if (!_windowIsKnown)
            Notes.Insert(0, ModelNotes.UnknownWindow(_options.Model, _modelWasTyped, _compactor.Budget.Window, hasGrown, Naming));
        if (target is { Share: not null } && _windowIsKnown)
            wanted = Lower(target.Value, wanted!.Value, threshold?.Of(_compactor.Budget.Available) ?? _compactor.Budget.Threshold);
        var request = Recorded(
            Request(pins) with
            {
                Threshold = threshold?.Of(_compactor.Budget.Available),
                Target = wanted,
                Force = force,
            },
            current);
        return new Compaction(
            _compactor, request, _options.Model, _options.Strategy, Transcript, _compactor.GetTokenUsage(request), _windowIsKnown, Notes);
    }

    private CompactionRequest Request(IReadOnlyCollection<int> pins) =>
        new() { Messages = _document.Messages, ChatOptions = _document.Options, SignedBy = _document.SignedBy, Pins = pins };

    // What the agent sent is more than what its file shows: instructions, tools, what its vendor makes of them. The threshold is held
    // against the larger, and a target that was not stated shrinks with what is seen.
    private CompactionRequest Recorded(CompactionRequest request, int current)
    {
        if (_document.LastRecordedInput is not { } recorded || recorded <= current || current == 0)
            return request;
        var usage = _compactor.GetTokenUsage(request);
        if (request.Force || usage.ShouldCompact || recorded <= usage.Threshold)
            return request;
        Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"The file records {recorded:N0} input tokens for its last request, above the threshold of {usage.Threshold:N0}: compacted, "
                + $"though only {current:N0} tokens are seen here."));
        return request with { Force = true, Target = request.Target ?? (int)Math.Max((long)usage.Target * current / recorded, 1) };
    }

    // A window that was only assumed is no reason to refuse what the user asked for.
    private void MakeRoomFor(int target)
    {
        _options = _options with { Window = (int)Math.Min(int.MaxValue, target * 2L) };
        _compactor = new Compactor(_options, _summarizer, time: _time, archive: _archive);
    }

    // A result above the threshold would be compacted again at once.
    private int Lower(TokenAmount target, int wanted, int threshold)
    {
        if (wanted <= threshold)
            return wanted;
        Notes.Add(string.Create(CultureInfo.InvariantCulture,
            $"{target.Share:0.##%} would be {wanted:N0} tokens; lowered to {threshold:N0}, the most that a window of "
                + $"{_compactor.Budget.Window:N0} takes before it is compacted again."));
        return threshold;
    }
}

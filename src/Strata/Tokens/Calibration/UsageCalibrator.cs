using System.Collections.Concurrent;
using Microsoft.Extensions.AI;

namespace Strata.Tokens.Calibration;

/// <summary>Learns from the usage that providers report how many tokens a model makes of those that are counted here.</summary>
/// <remarks>
/// Thread-safe. Models are told apart by the name that is sent. One wrong report (0, a tenth, the sum of several calls) changes nothing. A
/// store that fails costs only the memory of what was learnt.
/// </remarks>
public sealed class UsageCalibrator
{
    // What is saved moved by this share, or this many calls have passed.
    private const double WorthSaving = .01;
    private const int MostUnsaved = 32;

    private readonly ConcurrentDictionary<string, Entry> _models = new(StringComparer.Ordinal);
    private readonly ICalibrationStore? _store;
    private readonly TimeProvider _time;

    /// <param name="store">Where it is kept; null: nowhere, each process learns anew.</param>
    /// <param name="time">Null: the system's clock.</param>
    public UsageCalibrator(ICalibrationStore? store = null, TimeProvider? time = null)
    {
        _store = store;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>What is known of a model; null when that is nothing.</summary>
    public TokenCalibration? Find(string? model)
    {
        var usage = UsageOf(model);
        return usage.Count == 0 ? null : usage.ToCalibration(EntryOf(model).At);
    }

    /// <summary>Reads what an earlier process learnt of a model; the second time it does nothing.</summary>
    public async ValueTask LoadAsync(string? model, CancellationToken cancellationToken = default)
    {
        var entry = EntryOf(model);
        if (_store is null || entry.Usage.Model.Length == 0 || !entry.BeginLoad())
            return;
        try
        {
            if (await _store.FindCalibrationAsync(entry.Usage.Model, cancellationToken).ConfigureAwait(false) is { Samples: > 0,
                Ratio: > 0 } earlier)
                entry.Add(earlier);
        }
        catch (OperationCanceledException)
        {
            entry.LoadAgain();
            throw;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            System.Diagnostics.Trace.TraceWarning("The calibration of {0} was not read: {1}", entry.Usage.Model, e);
        }
    }

    /// <summary>Learns from a request that was answered.</summary>
    /// <param name="model">The name that was sent; null when none is known.</param>
    /// <param name="countedTokens">The whole request as it was counted, before any calibration.</param>
    /// <param name="usage">What the provider reported; null, or without input tokens: nothing is learnt.</param>
    /// <param name="cancellationToken">Ends the wait for the store.</param>
    public ValueTask ObserveAsync(string? model, long countedTokens, UsageDetails? usage, CancellationToken cancellationToken = default) =>
        ReportedInput.Of(usage) is { } reported ? ObserveAsync(model, countedTokens, reported, cancellationToken) : ValueTask.CompletedTask;

    /// <summary>Learns from a request whose input the provider told in so many tokens, cached ones included.</summary>
    public async ValueTask ObserveAsync(
        string? model, long countedTokens, long reportedTokens, CancellationToken cancellationToken = default)
    {
        if (countedTokens <= 0 || reportedTokens <= 0)
            return;
        var entry = EntryOf(model);
        if (entry.Add(new UsageSample(countedTokens, reportedTokens), _time.GetUtcNow()) is not { } worthSaving || _store is null
            || worthSaving.Model.Length == 0)
            return;
        try
        {
            await _store.SaveCalibrationAsync(worthSaving, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException))
        {
            System.Diagnostics.Trace.TraceWarning("The calibration of {0} was not saved: {1}", worthSaving.Model, e);
        }
    }

    internal TokenScale ScaleOf(string? model) => UsageOf(model).Scale;

    internal double ErrorBandOf(string? model, double counterBand) => UsageOf(model).ErrorBand(counterBand);

    private ModelUsage UsageOf(string? model) => EntryOf(model).Usage;

    private Entry EntryOf(string? model) => _models.GetOrAdd(model ?? "", static name => new Entry(name));

    private sealed class Entry(string model)
    {
        private readonly Lock _gate = new();
        private ModelUsage _usage = new(model);
        private TokenCalibration? _saved;
        private bool _isLoaded;

        public ModelUsage Usage => Volatile.Read(ref _usage);

        public DateTimeOffset At { get; private set; }

        public bool BeginLoad()
        {
            lock (_gate)
                return !_isLoaded && (_isLoaded = true);
        }

        public void LoadAgain()
        {
            lock (_gate)
                _isLoaded = false;
        }

        public void Add(TokenCalibration earlier)
        {
            lock (_gate)
            {
                Volatile.Write(ref _usage, _usage.With(earlier));
                (_saved, At) = (_saved ?? earlier, At == default ? earlier.At : At);
            }
        }

        /// <returns>What is to be saved; null when what was saved last still holds.</returns>
        public TokenCalibration? Add(UsageSample sample, DateTimeOffset at)
        {
            lock (_gate)
            {
                var before = _usage.Count;
                Volatile.Write(ref _usage, _usage.With(sample));
                if (_usage.Count == before)
                    return null;
                At = at;
                var now = _usage.ToCalibration(at);
                if (_saved is { } saved && Math.Abs((now.Ratio / saved.Ratio) - 1) <= WorthSaving
                    && now.Samples - saved.Samples < MostUnsaved)
                    return null;
                return _saved = now;
            }
        }
    }
}

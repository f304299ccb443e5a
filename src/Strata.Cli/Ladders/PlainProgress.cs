namespace Strata.Cli.Ladders;

/// <summary>A line when a level is done and one at the end, otherwise at most one every few seconds.</summary>
internal sealed class PlainProgress : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly RunLog _log;
    private readonly decimal? _maxCost;
    private TimeSpan? _last;
    private int _levelsDone;
    private int _done = -1;

    public PlainProgress(Terminal terminal, RunLog log, decimal? maxCost)
    {
        (_terminal, _log, _maxCost) = (terminal, log, maxCost);
        log.Changed += Show;
    }

    public void Dispose()
    {
        _log.Changed -= Show;
        lock (_lock)
        {
            // Where level 0 wrote instead of a model no level was ever done.
            var state = _log.State();
            if (state.Planned > 0 && state.Done != _done)
                _terminal.Error.WriteLine(ProgressText.Line(state, _maxCost));
        }
    }

    private void Show()
    {
        lock (_lock)
        {
            var state = _log.State();
            var levelsDone = state.Levels.Count(level => level.Planned > 0 && level.Done >= level.Planned);
            var isDue = _last is null || levelsDone > _levelsDone || state.Elapsed - _last >= Pause;
            if (!isDue || state.Planned == 0 || (levelsDone > _levelsDone && state.Done == _done))
                return;
            (_last, _levelsDone, _done) = (state.Elapsed, levelsDone, state.Done);
            _terminal.Error.WriteLine(ProgressText.Line(state, _maxCost));
        }
    }
}

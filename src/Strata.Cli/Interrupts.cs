namespace Strata.Cli;

/// <summary>
/// What Ctrl-C ends: where a command can end with what it has, the first one ends calls of models only and the second everything.
/// </summary>
internal sealed class Interrupts : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _calls = new();
    private readonly CancellationTokenSource _everything = new();
    private Action? _onFirst;
    private bool _drains;
    private bool _isLeft;

    /// <summary>No model is to be called any more.</summary>
    public CancellationToken Calls => _calls.Token;

    /// <summary>The command is to end.</summary>
    public CancellationToken Everything => _everything.Token;

    /// <summary>Until the returned object is disposed the first Ctrl-C ends calls only, and <paramref name="onFirst"/> says so.</summary>
    /// <param name="onFirst">Says so.</param>
    /// <param name="drains">Whether that holds for a request to terminate, too.</param>
    public IDisposable EndCallsFirst(Action onFirst, bool drains = false)
    {
        lock (_lock)
            (_onFirst, _drains) = (onFirst, drains);
        return new Scope(this);
    }

    /// <summary>Until the returned object is disposed Ctrl-C is for a program that was started, and ends nothing here.</summary>
    public IDisposable LeaveToProgram()
    {
        lock (_lock)
            _isLeft = true;
        return new Scope(this);
    }

    /// <summary>Somebody asks the process to end, and will not ask twice. What is under way ends first where a command allows it.</summary>
    /// <returns>False when all has been asked to end already: the process may be killed.</returns>
    public bool Terminate()
    {
        bool isDraining;
        lock (_lock)
            isDraining = _drains && _onFirst is not null;
        return isDraining ? Raise() : Raise() | Raise();
    }

    /// <summary>One Ctrl-C.</summary>
    /// <returns>False when all has been asked to end already: the process may be killed.</returns>
    public bool Raise()
    {
        Action? first;
        lock (_lock)
        {
            if (_isLeft)
                return true;
            if (_everything.IsCancellationRequested)
                return false;
            first = _onFirst;
            _onFirst = null;
        }

        if (first is null)
        {
            _everything.Cancel();
            return true;
        }

        first();
        _calls.Cancel();
        return true;
    }

    public void Dispose()
    {
        _calls.Dispose();
        _everything.Dispose();
    }

    private sealed class Scope(Interrupts owner) : IDisposable
    {
        public void Dispose()
        {
            lock (owner._lock)
                (owner._onFirst, owner._isLeft) = (null, false);
        }
    }
}

using System.Runtime.InteropServices;

namespace Strata.Cli;

/// <summary>Hands the process's signals to a terminal's <see cref="Interrupts"/>.</summary>
internal sealed class Signals : IDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private readonly CancellationTokenRegistration _end;
    private readonly TimeProvider _time;
    private ITimer? _kill;

    public Signals(Terminal terminal)
    {
        _time = terminal.Time;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = terminal.Interrupts.Raise());

        _terminate = PosixSignalRegistration.Create(
            PosixSignal.SIGTERM, context => context.Cancel = terminal.Interrupts.Terminate());
        _end = terminal.Interrupts.Everything.Register(KillLater);
    }

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _end.Dispose();
        _kill?.Dispose();
    }

    // Planning a very long session looks at no token.
    private void KillLater() =>
        _kill = _time.CreateTimer(_ => Environment.Exit(ExitCodes.Interrupted), null, Grace, Timeout.InfiniteTimeSpan);
}

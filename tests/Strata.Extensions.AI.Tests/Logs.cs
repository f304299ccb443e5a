using Microsoft.Extensions.Logging;

namespace Strata.Extensions.AI.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class Logs : ILoggerFactory, ILogger
{
    public List<(LogLevel Level, EventId Event, string Text)> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider)
    {
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add((logLevel, eventId, formatter(state, exception)));

    public void Dispose()
    {
    }
}

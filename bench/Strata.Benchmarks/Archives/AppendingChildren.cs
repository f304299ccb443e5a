using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Strata.Storage.Tests.Processes;

namespace Strata.Benchmarks.Archives;

/// <summary>Children that append to one session at the same time, and what each of them acknowledged.</summary>
internal sealed class AppendingChildren : IDisposable
{
    private readonly Dictionary<string, Process> _children;
    private readonly Dictionary<string, int> _acknowledged;
    private readonly HashSet<string> _done = new(StringComparer.Ordinal);
    private readonly Stopwatch _watch = Stopwatch.StartNew();

    /// <param name="count">How many.</param>
    /// <param name="start">Starts one by its name.</param>
    public AppendingChildren(int count, Func<string, Process> start)
    {
        var writers = Enumerable.Range(0, count).Select(writer => writer.ToString(CultureInfo.InvariantCulture)).ToList();
        _acknowledged = writers.ToDictionary(writer => writer, _ => 0, StringComparer.Ordinal);
        _children = writers.ToDictionary(writer => writer, start, StringComparer.Ordinal);
    }

    /// <summary>Appends per writer, as far as they were read.</summary>
    public IReadOnlyDictionary<string, int> Acknowledged => new Dictionary<string, int>(_acknowledged, StringComparer.Ordinal);

    /// <summary>From the first one's start to the last one's end.</summary>
    public TimeSpan Elapsed => _watch.Elapsed;

    /// <summary>Which child ended before it had done; null when none did.</summary>
    public string? Unfinished =>
        _children.Keys.FirstOrDefault(writer => !_done.Contains(writer)) is { } writer ? $"writer {writer} ended before it had done" : null;

    /// <summary>How many appends were acknowledged by all together, one by one, until the children end or are killed.</summary>
    public async IAsyncEnumerable<int> ReadAsync()
    {
        var lines = Channel.CreateUnbounded<(string Writer, string Line)>();
        var reading = ReadAllAsync(lines.Writer);
        var total = 0;
        await foreach (var (writer, line) in lines.Reader.ReadAllAsync())
        {
            if (line == ArchiveChild.Done)
                _done.Add(writer);
            // The last line of a child that was killed may not be whole.
            var due = _acknowledged[writer] + 1;
            if (line != due.ToString(CultureInfo.InvariantCulture))
                continue;
            _acknowledged[writer] = due;
            yield return ++total;
        }

        await reading;
    }

    public void Kill()
    {
        foreach (var child in _children.Values)
            child.Kill();
    }

    public void Dispose()
    {
        Kill();
        foreach (var child in _children.Values)
            child.Dispose();
    }

    private async Task ReadAllAsync(ChannelWriter<(string Writer, string Line)> lines)
    {
        await Task.WhenAll(_children.Select(async child =>
        {
            while (await child.Value.StandardOutput.ReadLineAsync() is { } line)
                await lines.WriteAsync((child.Key, line));
        }));
        _watch.Stop();
        lines.Complete();
    }
}

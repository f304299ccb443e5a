using System.Globalization;
using Strata.Archives;

namespace Strata.Storage.Tests.Processes;

/// <summary>Holds a log that several writers append to against what they acknowledged. It can be read on while they write.</summary>
internal sealed class WrittenLog(string session)
{
    private readonly Dictionary<string, int> _written = new(StringComparer.Ordinal);
    private long _read;
    private string? _outOfOrder;

    /// <summary>Appends in the log, as far as it was read, per writer.</summary>
    public IReadOnlyDictionary<string, int> Written => _written;

    /// <summary>Reads what was not read yet.</summary>
    public async Task ReadOnAsync(IArchive archive, CancellationToken cancellationToken)
    {
        var log = await archive.ReadLogAsync(session, _read, cancellationToken: cancellationToken);
        _read += log.Count;
        foreach (var message in log)
        {
            var parts = message.Text.Split(':');
            var (writer, number) = (parts[0], int.Parse(parts[1], CultureInfo.InvariantCulture));
            var due = _written.GetValueOrDefault(writer);
            // One that stands there twice is out of order too.
            if (number != due)
                _outOfOrder ??= $"writer {writer}: {number} stands where {due} was due";
            _written[writer] = number + 1;
        }
    }

    /// <summary>What does not hold of appends that were acknowledged before the log was read; null when all does.</summary>
    public string? FaultOf(IReadOnlyDictionary<string, int> acknowledged) => _outOfOrder ?? acknowledged
        .Where(writer => _written.GetValueOrDefault(writer.Key) < writer.Value)
        .Select(writer => $"writer {writer.Key}: {_written.GetValueOrDefault(writer.Key)} of {writer.Value} acknowledged appends are there")
        .FirstOrDefault();
}

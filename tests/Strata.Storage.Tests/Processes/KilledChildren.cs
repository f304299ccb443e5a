using System.Diagnostics;
using Strata.Archives;

namespace Strata.Storage.Tests.Processes;

/// <summary>Starts children that compact, kills each at a random moment, and holds the archive against what they acknowledged.</summary>
/// <param name="start">Starts a child whose first conversation has a number.</param>
/// <param name="open">Opens the archive.</param>
internal sealed class KilledChildren(Func<int, Process> start, Func<ValueTask<IArchive>> open)
{
    // A conversation takes a child about a hundredth of a second.
    private const int MostAcknowledged = 6;
    private const int LongestMilliseconds = 25;

    // So that no child makes a conversation of another's.
    private const int ConversationsOfAChild = 100_000;

    /// <summary>Children that were killed, and what they acknowledged looked at.</summary>
    public int Kills { get; private set; }

    /// <summary>Whether in the end all that was acknowledged was looked at once more, and the archive's own check asked.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Lines that were acknowledged before a kill.</summary>
    public List<string> Acknowledged { get; } = [];

    /// <summary>What did not hold.</summary>
    public List<string> Faults { get; } = [];

    /// <param name="kills">How many.</param>
    /// <param name="cancellationToken">Ends the run; what stands in the properties then holds of the kills so far.</param>
    /// <param name="onKilled">Called after each.</param>
    public async Task RunAsync(int kills, CancellationToken cancellationToken, Action? onKilled = null)
    {
        var random = new Random(5);
        for (var kill = 0; kill < kills; kill++)
        {
            var lines = await KillAsync(
                kill * ConversationsOfAChild, random.Next(MostAcknowledged), random.Next(LongestMilliseconds), cancellationToken);
            await using var archive = await open();
            await CheckAsync(archive, lines, cancellationToken);
            Acknowledged.AddRange(lines);
            Kills++;
            onKilled?.Invoke();
        }

        await using var last = await open();
        await CheckAsync(last, Acknowledged, cancellationToken);
        // Brings up the index, which the killed ones left behind.
        await last.SearchAsync(new SearchQuery { Words = "archive" }, cancellationToken);
        if (last is IArchiveMaintenance maintenance)
            Faults.AddRange((await maintenance.CheckAsync(cancellationToken: cancellationToken))
                .Select(finding => $"doctor: {finding.Severity}: {finding.Place}: {finding.Message}"));
        IsComplete = true;
    }

    private async Task<List<string>> KillAsync(int first, int acknowledged, int milliseconds, CancellationToken cancellationToken)
    {
        using var child = start(first);
        var lines = new List<string>();
        try
        {
            while (lines.Count <= acknowledged && await child.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
                lines.Add(line);
            using var moment = new CancellationTokenSource(milliseconds);
            await ReadOnAsync(child, lines, moment.Token);
        }
        finally
        {
            child.Kill();
        }

        // What stood in the pipe was acknowledged too; a last line that is not whole was not.
        var rest = await child.StandardOutput.ReadToEndAsync(cancellationToken);
        await child.WaitForExitAsync(cancellationToken);
        lines.AddRange(rest.Split('\n').SkipLast(1));
        return [.. lines.Where(line => line.StartsWith("compacted ", StringComparison.Ordinal) ? line.Split(' ') is [_, _, { Length: 12 }]
            : line.StartsWith("appended ", StringComparison.Ordinal))];
    }

    private static async Task ReadOnAsync(Process child, List<string> lines, CancellationToken moment)
    {
        try
        {
            while (await child.StandardOutput.ReadLineAsync(moment) is { } line)
                lines.Add(line);
        }
        catch (OperationCanceledException)
        {
            // This is the moment.
        }
    }

    private async Task CheckAsync(IArchive archive, IEnumerable<string> lines, CancellationToken cancellationToken)
    {
        foreach (var line in lines)
        {
            if (await ArchiveCheck.FaultOfAsync(archive, line, cancellationToken) is { } fault)
                Faults.Add(fault);
        }
    }
}

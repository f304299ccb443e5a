using System.Globalization;
using System.Text.Json;
using Strata.Calls;
using Strata.Diagnostics;
using Strata.Planning;
using Strata.Summaries;
using Strata.Ladder;
using Strata.Transcripts;

namespace Strata.Cli.Ladders;

/// <summary>Puts the report together from what was logged and what came out.</summary>
internal static class LadderReporter
{
    private const string LevelZero = "extractive";
    private const string PurposePrefix = "level-";

    public static LadderReport Report(LadderRun run, CompactionResult result, bool stopped)
    {
        var nodes = run.Log.Nodes;
        var calls = run.Log.Calls;
        return new LadderReport
        {
            Levels = [.. ModelRows(nodes, calls), .. LevelZeroRow(nodes, result)],
            Parts = Parts(result),
            Nodes = [.. nodes.OrderBy(node => node.Node.Level).Select(Node)],
            Cost = calls.Total.Cost,
            MaxCost = run.MaxCost,
            UnpricedCalls = calls.Total.UnpricedCalls,
            Stopped = stopped,
        };
    }

    public static string NameOf(CallFault fault) => JsonNamingPolicy.SnakeCaseLower.ConvertName(fault.ToString());

    private static IEnumerable<LevelReport> ModelRows(IReadOnlyList<LoggedNode> nodes, CompactionMetricsSnapshot calls)
    {
        var asked = calls.Rows.Where(row => LevelOf(row) > 0).ToDictionary(row => (Level: LevelOf(row), Model: row.Model!));
        var written = nodes.Where(node => node.Node.Level > 0).ToLookup(node => (node.Node.Level, Model: node.Node.WrittenBy));
        foreach (var key in asked.Keys.Union(written.Select(group => group.Key)).OrderBy(key => key.Level)
            .ThenBy(key => key.Model, StringComparer.Ordinal))
        {
            var row = asked.GetValueOrDefault(key) ?? new CompactionTotals();
            var own = written[key].Where(node => !node.Reused).ToList();
            yield return new LevelReport(
                key.Level, key.Model, row.TokensIn, row.TokensOut,
                Saving(written[key].Sum(node => (long)node.CoveredTokens), written[key].Sum(node => (long)node.Node.Tokens)),
                own.Count, row.Calls, written[key].Count() - own.Count, row.Failures,
                row.Faults.ToDictionary(fault => NameOf(fault.Key), fault => fault.Value, StringComparer.Ordinal),
                row.UnpricedCalls > 0 && row.Cost == 0 ? null : row.Cost, Math.Round(row.Duration.TotalSeconds, 3));
        }
    }

    private static IEnumerable<LevelReport> LevelZeroRow(IReadOnlyList<LoggedNode> nodes, CompactionResult result)
    {
        if (result.Summaries.Count == 0)
            yield break;
        var read =
            result.Plan!.Decisions.Where(decision => decision.Action == GroupAction.Summarize).Sum(decision => (long)decision.TokensBefore);
        var byModels = result.Summaries.Sum(TokensByModels);
        var wrote = Math.Max(0, result.Summaries.Sum(summary => (long)summary.Tokens) - byModels);
        yield return new LevelReport(
            0, LevelZero, read, wrote, Saving(read, wrote), nodes.Count(node => node.Node.Level == 0), 0, 0, 0,
            new Dictionary<string, long>(StringComparer.Ordinal), 0, 0);
    }

    // Where room was short the oldest parts were left out.
    private static long TokensByModels(Summary summary)
    {
        var told = SummaryHistory.Read(summary.Text).Select(part => part.Text).ToHashSet(StringComparer.Ordinal);
        return summary.Nodes.Where(node => node.Level > 0 && told.Contains(node.Text.ReplaceLineEndings("\n")))
            .Sum(node => (long)node.Tokens);
    }

    private static List<PartReport> Parts(CompactionResult result)
    {
        var parts = new List<PartReport>();
        foreach (var (planned, summary) in (result.Plan?.Summaries.Where(planned => !planned.IsNotice) ?? []).Zip(result.Summaries))
        {
            foreach (var (part, node) in planned.Parts.Zip(summary.Nodes))
                parts.Add(new PartReport(
                    part.FirstGroup + 1, part.LastGroup + 1, part.Level, node.Level, node.WrittenBy, node.Tokens, Failures(node)));
        }

        return parts;
    }

    private static NodeReport Node(LoggedNode logged) => new(
        logged.Node.Key, logged.Node.Level, logged.Node.WrittenBy, logged.CoveredTokens, logged.Node.Tokens, logged.Reused,
        logged.Reused ? 0 : logged.Node.Usage.Cost, logged.Node.Quality is { } quality ? Math.Round(quality.Coherence, 3) : null,
        Failures(logged.Node));

    private static IReadOnlyList<FailureReport> Failures(SummaryNode node) =>
        [.. node.Failures.Select(failure => new FailureReport(failure.Model, NameOf(failure.Fault), failure.Reason))];

    private static double? Saving(long covered, long written) => covered == 0 ? null : Math.Round(1 - ((double)written / covered), 4);

    private static int LevelOf(CompactionTotals row) =>
        row.Purpose?.StartsWith(PurposePrefix, StringComparison.Ordinal) == true
        && int.TryParse(row.Purpose.AsSpan(PurposePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var level) ? level
        : 0;
}

using Strata.Archives;
using Strata.Cli.Ladders;
using Strata.Planning;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata receipts</c> prints. Numbers are tokens unless named otherwise.</summary>
internal sealed record ReceiptsReport(string Archive, IReadOnlyList<ReceiptRow> Receipts);

/// <summary>One compaction.</summary>
internal sealed record ReceiptRow
{
    public required string Receipt { get; init; }

    /// <summary>The compaction that it went on from.</summary>
    public string? Parent { get; init; }

    public required string Session { get; init; }

    /// <summary>What people call the session.</summary>
    public string? Name { get; init; }

    public required DateTimeOffset At { get; init; }

    public DateTimeOffset? UndoneAt { get; init; }

    public string? AgentId { get; init; }

    public required string Strategy { get; init; }

    public string? Model { get; init; }

    public required int Before { get; init; }

    public required int After { get; init; }

    public required int MessagesBefore { get; init; }

    public required int MessagesAfter { get; init; }

    public required IReadOnlyList<string> Rungs { get; init; }

    /// <summary>Levels of the summaries, ascending; empty where there is none.</summary>
    public required IReadOnlyList<int> Levels { get; init; }

    public required IReadOnlyList<string> WrittenBy { get; init; }

    public required ReceiptUsage Usage { get; init; }

    /// <summary>Secrets that are placeholders in what was archived.</summary>
    public required int SecretsRedacted { get; init; }

    /// <summary>Format of the file that was archived; null where there was none.</summary>
    public string? DocumentFormat { get; init; }

    public required IReadOnlyList<CutRow> Cuts { get; init; }

    public required IReadOnlyList<ReceiptNode> Nodes { get; init; }

    public static ReceiptRow Of(ArchivedReceipt archived, string? name)
    {
        var receipt = archived.Receipt;
        return new ReceiptRow
        {
            Receipt = receipt.Id,
            Parent = receipt.Parent,
            Session = archived.SessionId,
            Name = name,
            At = receipt.At,
            UndoneAt = archived.UndoneAt,
            AgentId = receipt.AgentId,
            Strategy = receipt.Strategy,
            Model = receipt.Model,
            Before = receipt.TokensBefore,
            After = receipt.TokensAfter,
            MessagesBefore = archived.Before.Count,
            MessagesAfter = archived.After.Count,
            Rungs = receipt.Rungs,
            Levels = receipt.WrittenBy.Count == 0 ? [] : [.. receipt.Nodes.Select(node => node.Level).Append(0).Distinct().Order()],
            WrittenBy = receipt.WrittenBy,
            Usage = new ReceiptUsage(receipt.Usage.InputTokens, receipt.Usage.OutputTokens, receipt.Usage.CachedTokens, receipt.Usage.Cost,
                Math.Round(receipt.Usage.Duration.TotalSeconds, 3)),
            SecretsRedacted = archived.SecretsRedacted,
            DocumentFormat = archived.DocumentFormat,
            Cuts = [.. receipt.Cuts.Select(cut => new CutRow(cut.Handle.ToString(), cut.Action, cut.Reason, cut.TokensBefore,
                cut.TokensAfter, [.. cut.Contents.Select(handle => handle.ToString())]))],
            Nodes = [.. receipt.Nodes.Select(node => new ReceiptNode(
                node.Key, node.Level, node.WrittenBy, node.Tokens,
                [.. node.Failures.Select(failure =>
                    new FailureReport(failure.Model, LadderReporter.NameOf(failure.Fault), failure.Reason))]))],
        };
    }
}

/// <summary>What models took for a compaction.</summary>
/// <param name="Cost">USD; null: the price is not known.</param>
/// <param name="Seconds">Sum over all calls, those that ran at the same time each.</param>
internal sealed record ReceiptUsage(long TokensIn, long TokensOut, long TokensCached, decimal? Cost, double Seconds);

/// <summary>One original that left the context, in whole or in part.</summary>
/// <param name="Handle">Recalls the group.</param>
/// <param name="Contents">Handles of the contents that were cut in it.</param>
internal sealed record CutRow(string Handle, GroupAction Action, string Reason, int Before, int After, IReadOnlyList<string> Contents);

/// <summary>A part that a model was asked for.</summary>
internal sealed record ReceiptNode(string Key, int Level, string WrittenBy, int Tokens, IReadOnlyList<FailureReport> Failures);

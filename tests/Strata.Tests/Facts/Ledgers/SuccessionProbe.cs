using Strata.Facts.Ledgers;

namespace Strata.Tests.Facts.Ledgers;

/// <summary>
/// Updates and look-alikes in many domains and languages. updates.tsv was written before the rules of succession were, and they were mended
/// on it; the two others were written afterwards and each ran before anything was changed for it. An update is resolved when the new value
/// stands in the ledger and the old one does not; look-alikes are merged wrongly when the older one is gone.
/// </summary>
public class SuccessionProbe(ITestOutputHelper output)
{
    private sealed record Pair(string Kind, string Language, string Domain, string Older, string Newer, string Old, string New);

    private static IReadOnlyList<Pair> PairsOf(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Facts", "Ledgers", file))
        .Skip(1).Select(line => line.Split('\t'))
        .Select(cells => new Pair(cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], cells[6]))];

    private static List<LedgerEntry> LedgerOf(params string[] messages)
    {
        var builder = new LedgerBuilder();
        for (var i = 0; i < messages.Length; i++)
            builder.Read(messages[i], i, default);
        return [.. builder.Build().Entries];
    }

    private int Count(IReadOnlyList<Pair> pairs, Func<Pair, string, bool> isGood)
    {
        var good = 0;
        foreach (var pair in pairs)
        {
            var ledger = string.Join(
                '\n', LedgerOf(pair.Older, "Retry logic uses exponential backoff with jitter.", pair.Newer).Select(entry => entry.Text));
            if (isGood(pair, ledger))
                good++;
            else
                output.WriteLine(
                    $"{pair.Language}: {pair.Older} → {pair.Newer}\n    {ledger.Replace("\n", " | ", StringComparison.Ordinal)}");
        }

        output.WriteLine($"{good} of {pairs.Count}");
        return good;
    }

    [Theory]
    [InlineData("updates.tsv")]
    [InlineData("updates-unseen.tsv")]
    [InlineData("updates-third.tsv")]
    public void Read_Update_TakesTheOldValuesPlaceInMostCases(string file)
    {
        var pairs = PairsOf(file).Where(pair => pair.Kind == "update").ToList();

        var resolved = Count(
            pairs, (pair, ledger) =>
                ledger.Contains(pair.New, StringComparison.Ordinal) && !ledger.Contains(pair.Old, StringComparison.Ordinal));

        resolved.ShouldBeGreaterThanOrEqualTo(pairs.Count * 6 / 10);
    }

    [Theory]
    [InlineData("updates.tsv")]
    [InlineData("updates-unseen.tsv")]
    [InlineData("updates-third.tsv")]
    public void Read_LookAlike_MergesHardlyAny(string file)
    {
        var pairs = PairsOf(file).Where(pair => pair.Kind == "different").ToList();

        // What is not taken for a statement on its own cannot be merged.
        var apart =
            Count(pairs, (pair, ledger) => ledger.Contains(pair.Older, StringComparison.Ordinal) || LedgerOf(pair.Older).Count == 0);

        (pairs.Count - apart).ShouldBeLessThanOrEqualTo(pairs.Count * 5 / 100);
    }
}

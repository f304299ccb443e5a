namespace Strata.Facts.Ledgers;

/// <summary>
/// Chooses which entries stand in the room there is, and in which form: a knapsack in which each entry offers several sizes.
/// </summary>
/// <remarks>When all fit in full, all stand in full; so what was packed once is packed the same way again.</remarks>
internal static class LedgerPacker
{
    // Above this the newest stay; and room is counted in units that make this many.
    private const int MostEntries = 256;
    private const int MostUnits = 4096;

    /// <summary>
    /// The text of each entry, null where it has no place. The cost is what a line with that text takes of the room, in tokens.
    /// </summary>
    public static string?[] Pack(IReadOnlyList<LedgerEntry> entries, int room, Func<LedgerEntry, string, int> cost)
    {
        var chosen = new string?[entries.Count];
        var first = Math.Max(0, entries.Count - MostEntries);
        var total = 0L;
        for (var i = first; i < entries.Count; i++)
        {
            chosen[i] = entries[i].Text;
            total += cost(entries[i], entries[i].Text);
        }

        if (first == 0 && total <= room)
            return chosen;
        var unit = Math.Max(1, (room + MostUnits - 1) / MostUnits);
        var units = Math.Max(0, room / unit);
        var items = new List<List<(string Text, int Cost, double Value)>>();
        for (var i = first; i < entries.Count; i++)
        {
            var entry = entries[i];
            var value = WorthOf(entry) * (1 + (1e-6 * i));   // of equals the newest
            items.Add([.. EntryShortener.FormsOf(entry.Text)
                .Select(form => (form.Text, (cost(entry, form.Text) + unit - 1) / unit, value * form.Worth))]);
            chosen[i] = null;
        }

        var forms = Choose(items, units);
        for (var i = 0; i < items.Count; i++)
            chosen[first + i] = forms[i] < 0 ? null : items[i][forms[i]].Text;
        return chosen;
    }

    // What is forbidden and then done cannot be undone.
    private static double WorthOf(LedgerEntry entry) => entry.Weight * (StatementGate.Prohibits(entry.Text) ? 1.5 : 1);

    private static int[] Choose(List<List<(string Text, int Cost, double Value)>> items, int units)
    {
        var best = new double[units + 1];
        var choices = new sbyte[items.Count, units + 1];
        for (var i = 0; i < items.Count; i++)
        {
            for (var left = units; left >= 0; left--)
            {
                var (value, choice) = (best[left], -1);
                for (var form = 0; form < items[i].Count; form++)
                {
                    var (_, cost, worth) = items[i][form];
                    if (cost <= left && best[left - cost] + worth > value)
                        (value, choice) = (best[left - cost] + worth, form);
                }

                best[left] = value;
                choices[i, left] = (sbyte)choice;
            }
        }

        var forms = new int[items.Count];
        var rest = units;
        for (var i = items.Count - 1; i >= 0; i--)
        {
            forms[i] = choices[i, rest];
            if (forms[i] >= 0)
                rest -= items[i][forms[i]].Cost;
        }

        return forms;
    }
}

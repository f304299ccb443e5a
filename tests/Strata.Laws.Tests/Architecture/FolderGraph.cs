namespace Strata.Laws.Tests.Architecture;

/// <summary>
/// What the folders of a project use of each other, at every level. The subfolders of a folder may use each other in one direction only. A
/// folder's own files and its subfolders may use each other: a registry names the children that it lists.
/// </summary>
internal sealed class FolderGraph(IEnumerable<SourceUse> uses)
{
    private readonly IReadOnlyList<SourceUse> _uses = [.. uses];

    /// <summary>Uses of a top folder that stands below the user's own in <paramref name="order"/>, or that has no place in it.</summary>
    public IEnumerable<string> AgainstOrder(IReadOnlyList<string> order)
    {
        var ranks =
            order.Select((folder, rank) => (folder, rank)).ToDictionary(pair => pair.folder, pair => pair.rank, StringComparer.Ordinal);
        return from use in _uses
               let user = Child("", use.File) ?? "(root)"
               let used = Child("", use.UsedFile) ?? "(root)"
               where user != used
                   && (!ranks.TryGetValue(user, out var rank) || !ranks.TryGetValue(used, out var usedRank) || usedRank > rank)
               select use.ToString();
    }

    /// <summary>Each group of sibling folders that reach each other, with one use for every edge between them.</summary>
    public IEnumerable<string> Cycles() =>
        from parent in _uses.SelectMany(use => Parents(use.File)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
        from cycle in CyclesBelow(parent)
        select cycle;

    private IEnumerable<string> CyclesBelow(string parent)
    {
        var edges = new Dictionary<(string From, string To), SourceUse>();
        foreach (var use in _uses)
            if (Child(parent, use.File) is { } from && Child(parent, use.UsedFile) is { } to && from != to)
                edges.TryAdd((from, to), use);
        var folders = edges.Keys.SelectMany(edge => new[] { edge.From, edge.To }).Distinct(StringComparer.Ordinal).ToList();
        var reach = folders.ToDictionary(folder => folder, folder => Reached(folder, edges.Keys), StringComparer.Ordinal);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var folder in folders.Where(folder => reach[folder].Contains(folder) && !told.Contains(folder)))
        {
            var members =
                folders.Where(other => reach[folder].Contains(other) && reach[other].Contains(folder)).ToHashSet(StringComparer.Ordinal);
            told.UnionWith(members);
            var inside =
                edges.Where(edge => members.Contains(edge.Key.From) && members.Contains(edge.Key.To)).Select(edge => $"    {edge.Value}");
            yield return $"{parent}{{{string.Join(", ", members.Order(StringComparer.Ordinal))}}}\n{string.Join('\n', inside)}";
        }
    }

    private static HashSet<string> Reached(string start, IEnumerable<(string From, string To)> edges)
    {
        var next = edges.ToLookup(edge => edge.From, edge => edge.To, StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([start]);
        while (open.TryPop(out var folder))
            foreach (var other in next[folder].Where(reached.Add))
                open.Push(other);
        return reached;
    }

    // "A/B/C.cs" lies below "", "A/" and "A/B/".
    private static IEnumerable<string> Parents(string file)
    {
        yield return "";
        for (var slash = file.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = file.IndexOf('/', slash + 1))
            yield return file[..(slash + 1)];
    }

    private static string? Child(string parent, string file)
    {
        if (!file.StartsWith(parent, StringComparison.Ordinal))
            return null;
        var slash = file.IndexOf('/', parent.Length);
        return slash < 0 ? null : file[parent.Length..slash];
    }
}

using System.Text.Json.Nodes;
using Strata.Ranking;

namespace Strata.Benchmarks.Ranking;

/// <summary>
/// A test collection in the BEIR layout, with the pools that bench/ranking describes: for each query its relevant documents among others.
/// </summary>
internal sealed record RankingSet(
    string Name, IReadOnlyList<RankableDocument> Documents, IReadOnlyDictionary<string, string> Queries,
    IReadOnlyDictionary<string, HashSet<int>> Relevant, IReadOnlyDictionary<string, (int[] Candidates, HashSet<int> Relevant)> Pools)
{
    public static async Task<RankingSet> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        var documents = (await LinesAsync(folder, "corpus.jsonl", cancellationToken))
            .Select(line => new RankableDocument((string)line["_id"]!, (string)line["text"]!, (string?)line["title"])).ToList();
        var places = documents.Select((document, index) => (document.Id, index)).ToDictionary(StringComparer.Ordinal);
        var queries = (await LinesAsync(folder, "queries.jsonl", cancellationToken))
            .ToDictionary(line => (string)line["_id"]!, line => (string)line["text"]!, StringComparer.Ordinal);
        var relevant = (await File.ReadAllLinesAsync(Path.Combine(folder, "qrels.tsv"), cancellationToken)).Skip(1)
            .Select(line => line.Split('\t')).Where(cells => cells[2] != "0")
            .GroupBy(cells => cells[0], cells => places[cells[1]])
            .ToDictionary(rows => rows.Key, rows => rows.ToHashSet(), StringComparer.Ordinal);
        var pools =
            JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "pools.json"), cancellationToken))!.AsObject().ToDictionary(
            pool => pool.Key,
            pool => (Places(pool.Value!["candidates"]!).ToArray(), Places(pool.Value!["relevant"]!).ToHashSet()),
            StringComparer.Ordinal);
        return new RankingSet(Path.GetFileName(folder.TrimEnd('/')), documents, queries, relevant, pools);

        IEnumerable<int> Places(JsonNode ids) => ids.AsArray().Select(id => places[(string)id!]);
    }

    private static async Task<List<JsonNode>> LinesAsync(string folder, string file, CancellationToken cancellationToken) =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(folder, file), cancellationToken)).Where(line => line.Length > 0)
            .Select(line => JsonNode.Parse(line)!)];
}

using System.Globalization;
using System.Text;
using Strata.Reducing;

namespace Strata.Benchmarks.Reducing;

/// <summary>Searches for a name that is defined once and used everywhere, in the forms that search tools print.</summary>
internal static class SearchCases
{
    private static readonly string[] Areas = ["billing", "orders", "stock", "mail", "search", "users", "audit", "export"];
    private static readonly string[] Things =
        ["Invoice", "Order", "Item", "Letter", "Index", "Account", "Entry", "Report", "Batch", "Quote"];

    public static IEnumerable<PlantedCase> All(int count)
    {
        for (var seed = 0; seed < count; seed++)
        {
            yield return Lines(seed, context: 0);
            yield return Lines(seed, context: 3);
            yield return Headings(seed);
            yield return OneFile(seed);
        }
    }

    private static PlantedCase Lines(int seed, int context)
    {
        var (hits, planted) = Hits(seed);
        var random = new Random(seed);
        var text = new StringBuilder();
        foreach (var (path, number, line) in hits)
        {
            for (var i = context; i > 0; i--)
                Append($"{path}-{number - i}-{Around(random)}\n");
            Append($"{path}:{number}:{line}\n");
            for (var i = 1; i <= context; i++)
                Append($"{path}-{number + i}-{Around(random)}\n");
            if (context > 0)
                text.Append("--\n");
        }

        return new(context > 0 ? "search, lines around" : "search, path:line:text", new ToolOutput(text.ToString(), "Grep"), planted);

        void Append(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture));
    }

    private static PlantedCase Headings(int seed)
    {
        var (hits, planted) = Hits(seed);
        var text = new StringBuilder();
        foreach (var file in hits.GroupBy(hit => hit.Path))
        {
            text.Append(file.Key).Append('\n');
            foreach (var (_, number, line) in file)
                text.Append(CultureInfo.InvariantCulture, $"{number}:{line}\n");
            text.Append('\n');
        }

        return new("search, under headings", new ToolOutput(text.ToString(), "Bash", "rg --heading fetchLedger"), planted);
    }

    private static PlantedCase OneFile(int seed)
    {
        var (hits, planted) = Hits(seed);
        var text = string.Concat(hits.Select((hit, i) => string.Create(CultureInfo.InvariantCulture, $"{(i * 7) + 3}:{hit.Line}\n")));
        // without the two paths
        return new("search, one file", new ToolOutput(text, "Bash", "grep -n fetchLedger src/all.ts"), [.. planted.Take(4)]);
    }

    private static (List<(string Path, int Number, string Line)> Hits, List<string> Planted) Hits(int seed)
    {
        var random = new Random(seed);
        var name = "fetch" + Things[random.Next(Things.Length)] + "Ledger";
        var hits = new List<(string, int, string)>();
        for (var file = 0; file < 20 + random.Next(25); file++)
        {
            var path = $"src/{Areas[random.Next(Areas.Length)]}/{Things[random.Next(Things.Length)]}{file}Service.ts";
            var number = 10;
            for (var hit = 0; hit < 3 + random.Next(6); hit++)
                hits.Add((path, number += 5 + random.Next(40), Use(random, name)));
        }

        List<(string Path, string Line)> planted =
        [
            ("src/core/ledger.ts", $"export async function {name}(account: string, since: Date): Promise<Ledger> {{"),
            (hits[random.Next(hits.Count)].Item1,
                $"    setInterval(() => {name}.prefetch?.(), 90_000 * shards.length); // keeps the {seed % 7}th replica warm"),
            (hits[random.Next(hits.Count)].Item1, $"      throw new LedgerError(`{name} gave up after ${{tries}} tries`);"),
            ($"deploy/cron/nightly-{seed}.sh", $"  node -e 'require(\"./ledger\").{name}(\"all\")'"),
        ];
        foreach (var (path, line) in planted)
            hits.Insert(random.Next(hits.Count), (path, 5 + random.Next(400), line));
        return ([.. hits.OrderBy(hit => hit.Item1, StringComparer.Ordinal)],
            [.. planted.Select(item => item.Line.Trim()), planted[0].Path, planted[3].Path]);
    }

    private static string Use(Random random, string name)
    {
        var thing = Things[random.Next(Things.Length)];
        var id = random.Next(1000);
        return random.Next(7) switch
        {
            0 => $"    const {char.ToLowerInvariant(thing[0])}{thing[1..]} = await {name}(account.id, since);",
            1 => $"    expect({name}).toHaveBeenCalledWith('{thing}-{id}', {id});",
            2 => $"import {{ {name} }} from '../core/ledger';",
            3 => $"      return {name}(this.{thing.ToLowerInvariant()}Id, new Date({id}));",
            4 => $"    // {name} returns what the {thing.ToLowerInvariant()} had on that day",
            5 => $"    vi.spyOn(ledger, '{name}').mockResolvedValue(make{thing}({id}));",
            _ => $"  it('calls {name} once for {thing} {id}', async () => {{",
        };
    }

    private static string Around(Random random)
    {
        var thing = Things[random.Next(Things.Length)];
        return random.Next(4) switch
        {
            0 => $"    const {thing.ToLowerInvariant()} = this.cache.get(key{random.Next(90)});",
            1 => $"    if (!{thing.ToLowerInvariant()}) return;",
            2 => "    }",
            _ => $"    this.log.debug('{thing} done', {{ count: {random.Next(100)} }});",
        };
    }
}

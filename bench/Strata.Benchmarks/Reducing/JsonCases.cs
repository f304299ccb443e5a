using System.Globalization;
using System.Text.Json.Nodes;
using Strata.Benchmarks.Synthetic;
using Strata.Reducing;
using ToolOutput = Strata.Reducing.ToolOutput;

namespace Strata.Benchmarks.Reducing;

internal static class JsonCases
{
    public static IEnumerable<ReducerCase> All() =>
    [
        Array("JSON array, 100 items", 100, seed: 1),
        Array("JSON array, 500 items", 500, seed: 2),
        Lines(),
        Metrics(),
        Pods(),
    ];

    private static ReducerCase Array(string name, int count, int seed)
    {
        var words = new Vocabulary(seed);
        var items = new JsonArray();
        for (var i = 0; i < count; i++)
            items.Add(Item(words, i));
        var planted = Plant(items.OfType<JsonObject>().ToList());
        var asked = items[count / 3]!["id"]!.GetValue<string>();
        return new ReducerCase(
            name, new ToolOutput(items.ToJsonString(), "list_orders", Arguments: $"list_orders highlight: {asked}"), [.. planted, asked]);
    }

    private static ReducerCase Lines()
    {
        var words = new Vocabulary(3);
        var items = Enumerable.Range(0, 300).Select(i => Item(words, i)).ToList();
        var planted = Plant(items);
        return new ReducerCase("JSON lines, 300",
            new ToolOutput(string.Join('\n', items.Select(item => item.ToJsonString())), "Bash", "cat export.jsonl"), planted);
    }

    private static JsonObject Item(Vocabulary words, int i) => new()
    {
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"ord_{words.Hex(10)}"),
        ["seq"] = 1000 + i,
        ["customer"] = $"{words.Term()} {words.Term()}",
        ["status"] = words.Pick("shipped", "shipped", "shipped", "packed", "paid"),
        ["amount"] = Math.Round(words.Next(500, 9_000) / 100.0, 2),
        ["currency"] = "EUR",
        ["latency_ms"] = words.Next(20, 80),
        ["created_at"] = string.Create(CultureInfo.InvariantCulture, $"2026-03-{1 + (i % 28):00}T{i % 24:00}:{i % 60:00}:00Z"),
        ["address"] = new JsonObject
        {
            ["city"] = words.Pick("Berlin", "Lyon", "Porto"),
            ["zip"] = words.Next(10_000, 99_999).ToString(CultureInfo.InvariantCulture)
        },
        ["tags"] = new JsonArray(words.Term(), words.Term()),
        ["error"] = null,
    };

    private static List<string> Plant(List<JsonObject> items)
    {
        items[items.Count / 2]["latency_ms"] = 98_431;
        items[items.Count / 4]["status"] = "chargeback";
        items[items.Count * 3 / 4]["error"] = "ConnectionTimeout: upstream node-7 gave up after 30s";
        items[items.Count * 4 / 5]["amount"] = 1_250_000.5;
        items[items.Count * 2 / 5]["customer"] = null;
        return
        [
            "98431", "chargeback", "ConnectionTimeout: upstream node-7 gave up after 30s", "1250000.5",
            items[items.Count * 2 / 5]["id"]!.GetValue<string>(),
            items[items.Count * 3 / 4]["id"]!.GetValue<string>(), items[items.Count / 2]["id"]!.GetValue<string>(),
        ];
    }

    private static ReducerCase Metrics()
    {
        var words = new Vocabulary(4);
        var series = new JsonArray();
        for (var s = 0; s < 12; s++)
        {
            var values = new JsonArray();
            for (var i = 0; i < 60; i++)
                values.Add(new JsonArray(1_772_000_000 + (i * 15), (words.Next(200, 400) / 1000.0).ToString(CultureInfo.InvariantCulture)));
            if (s == 7)
                values[33]![1] = "41.75";
            series.Add(new JsonObject
            {
                ["metric"] = new JsonObject
                {
                    ["__name__"] = "http_request_duration_seconds",
                    ["job"] = "frontend",
                    ["pod"] = $"frontend-{words.Hex(9)}-{words.Hex(5)}"
                },
                ["values"] = values,
            });
        }

        var pod = series[7]!["metric"]!["pod"]!.GetValue<string>();
        var body = new JsonObject { ["status"] = "success", ["data"] = new JsonObject { ["resultType"] = "matrix", ["result"] = series } };
        return new ReducerCase("JSON, metrics in 12 series", new ToolOutput(body.ToJsonString(), "get_metrics"), ["41.75", pod]);
    }

    private static ReducerCase Pods()
    {
        var words = new Vocabulary(5);
        var items = new JsonArray();
        for (var i = 0; i < 60; i++)
        {
            var isBad = i == 41;
            items.Add(new JsonObject
            {
                ["apiVersion"] = "v1",
                ["kind"] = "Pod",
                ["metadata"] = new JsonObject
                {
                    ["name"] = isBad ? "checkout-7d9f8b6c5-x2x9p" : $"{words.Term()}-{words.Hex(9)}-{words.Hex(5)}", ["namespace"] = "shop",
                    ["uid"] = words.Hex(32),
                    ["labels"] = new JsonObject { ["app"] = words.Term(), ["pod-template-hash"] = words.Hex(9) },
                },
                ["spec"] = new JsonObject
                {
                    ["nodeName"] = $"node-{words.Next(1, 5)}",
                    ["restartPolicy"] = "Always",
                    ["serviceAccountName"] = "default"
                },
                ["status"] = new JsonObject
                {
                    ["phase"] = isBad ? "Failed" : "Running", ["podIP"] = $"10.244.{words.Next(0, 9)}.{words.Next(1, 250)}",
                    ["restartCount"] = isBad ? 37 : 0,
                    ["reason"] = isBad ? "CrashLoopBackOff" : null,
                },
            });
        }

        var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = items };
        var text = body.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
        return new ReducerCase("JSON, 60 pods, indented", new ToolOutput(text, "Bash", "kubectl get pods -o json"),
            ["checkout-7d9f8b6c5-x2x9p", "CrashLoopBackOff", "37"]);
    }
}

using System.Globalization;
using System.Text;
using Strata.Reducing;

namespace Strata.Benchmarks.Reducing;

/// <summary>Source files of many functions with a signature, a constant, an error and an open end that must survive.</summary>
internal static class CodeCases
{
    private static readonly string[] Verbs = ["load", "merge", "split", "check", "write", "parse", "route", "count"];
    private static readonly string[] Nouns = ["ledger", "account", "payment", "window", "cursor", "shard", "report", "queue"];

    private static readonly Dialect[] Dialects =
    [
        new("go", "package billing\n\nimport (\n\t\"fmt\"\n\t\"time\"\n)\n\ntype Store struct {\n\tname string\n}\n\n",
            "func (s *Store) {0}(a string, n int) (int, error) {{", "}}", "\ttotal := 0",
            "\tfor i := 0; i < n; i++ {\n\t\ttotal += s.weight(a, i)\n\t}", "\treturn total, nil", "const {0} = {1}\n",
            "\tif n < 0 {{\n\t\treturn 0, fmt.Errorf(\"{0}\")\n\t}}", "\t// TO" + "DO({0}): count the ones that were moved"),
        new("cs", "using System;\nusing System.Linq;\n\nnamespace Billing;\n\npublic sealed class Store\n{\n    private readonly string "
            + "_name;\n\n", "    public int {0}(string a, int n)\n    {{", "    }}", "        var total = 0;",
            "        for (var i = 0; i < n; i++)\n        {\n            total += Weight(a, i);\n        }", "        return total;",
            "    private const int {0} = {1};\n", "        if (n < 0)\n            throw new ArgumentException(\"{0}\");",
            "        // TO" + "DO({0}): count the ones that were moved", "}\n"),
        new("py", "import os\nfrom typing import Any\n\n\nclass Store:\n    \"\"\"Where things are kept.\"\"\"\n\n",
            "    def {0}(self, a: str, n: int) -> int:", "", "        total = 0",
            "        for i in range(n):\n            total += self.weight(a, i)", "        return total", "    {0} = {1}\n",
            "        if n < 0:\n            raise ValueError(\"{0}\")", "        # TO" + "DO({0}): count the ones that were moved"),
        new("ts", "import {{ a }} from './a';\n\nexport class Store {\n  private name = '';\n\n",
            "  async {0}(a: string, n: number): Promise<number> {{", "  }}", "    let total = 0;",
            "    for (let i = 0; i < n; i++) {\n      total += this.weight(a, i);\n    }", "    return total;",
            "  static readonly {0} = {1};\n", "    if (n < 0) {{\n      throw new Error('{0}');\n    }}",
            "    // TO" + "DO({0}): count the ones that were moved", "}\n"),
        new("java", "package billing;\n\nimport java.util.List;\n\npublic class Store {\n    private String name;\n\n",
            "    public int {0}(String a, int n) {{", "    }}", "        int total = 0;",
            "        for (int i = 0; i < n; i++) {\n            total += weight(a, i);\n        }", "        return total;",
            "    static final int {0} = {1};\n", "        if (n < 0) {{\n            throw new IllegalStateException(\"{0}\");\n        }}",
            "        // TO" + "DO({0}): count the ones that were moved", "}\n"),
        new("rs", "use std::fmt;\n\npub struct Store {\n    name: String,\n}\n\nimpl Store {\n",
            "    pub fn {0}(&self, a: &str, n: i64) -> Result<i64> {{", "    }}", "        let mut total = 0;",
            "        for i in 0..n {\n            total += self.weight(a, i);\n        }", "        Ok(total)",
            "    pub const {0}: i64 = {1};\n", "        if n < 0 {{\n            bail!(\"{0}\");\n        }}",
            "        // TO" + "DO({0}): count the ones that were moved", "}\n"),
        new("rb", "require 'json'\n\nclass Store\n", "  def {0}(a, n)", "  end", "    total = 0",
            "    n.times do |i|\n      total += weight(a, i)\n    end", "    total", "  {0} = {1}\n",
            "    raise ArgumentError, \"{0}\" if n < 0", "    # TO" + "DO({0}): count the ones that were moved", "end\n"),
    ];

    public static IEnumerable<PlantedCase> All(int count)
    {
        for (var seed = 0; seed < count; seed++)
        {
            foreach (var dialect in Dialects)
                yield return One(dialect, seed);
        }
    }

    private static PlantedCase One(Dialect dialect, int seed)
    {
        var random = new Random(seed);
        var functions = 15 + random.Next(30);
        var special = random.Next(functions);
        var code = new StringBuilder(dialect.Start);
        var names = Enumerable.Range(0, functions)
            .Select(i => $"{Verbs[random.Next(Verbs.Length)]}{char.ToUpperInvariant(Nouns[i % 8][0])}{Nouns[i % 8][1..]}{i}").ToList();
        var (constant, error, open) =
            ($"MAX_{Nouns[seed % 8].ToUpperInvariant()}_TRIES", $"{Nouns[seed % 8]} {seed} is out of balance", $"ticket{seed}");
        for (var i = 0; i < functions; i++)
        {
            if (i == special)
                code.Append(Line(dialect.Constant, constant, seed + 17)).Append('\n');
            code.Append(Line(dialect.Function, names[i])).Append('\n').Append(dialect.First).Append('\n');
            for (var part = 0; part < 1 + random.Next(4); part++)
                code.Append(dialect.Loop).Append('\n');
            if (i == (special + 3) % functions)
                code.Append(Line(dialect.Error, error)).Append('\n');
            if (i == (special + 5) % functions)
                code.Append(Line(dialect.Open, open)).Append('\n');
            code.Append(dialect.Last).Append('\n').Append(Line(dialect.End)).Append("\n\n");
        }

        var text = code.Append(dialect.Finish).ToString();
        if (seed % 2 == 0)
            text = string.Concat(text.Split('\n').Select((line, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1,6}→{line}\n")));
        return new($"file, .{dialect.Extension}", new ToolOutput(text, "Read", Path: $"/app/src/store.{dialect.Extension}"),
            [names[special] + "(", constant, error, open]);
    }

    private static string Line(string format, params object[] arguments) => string.Format(CultureInfo.InvariantCulture, format, arguments);

    private sealed record Dialect(
        string Extension, string Start, string Function, string End, string First, string Loop, string Last, string Constant, string Error,
        string Open,
        string Finish = "");
}

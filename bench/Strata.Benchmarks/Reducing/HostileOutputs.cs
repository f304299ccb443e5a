using System.Diagnostics;
using System.Text;
using Strata.Reducing;
using Strata.Reducing.Logs;
using ToolOutput = Strata.Reducing.ToolOutput;

namespace Strata.Benchmarks.Reducing;

/// <summary>Outputs made to be slow: twice the chars must take about twice the time.</summary>
internal static class HostileOutputs
{
    private const int Chars = 2_500_000;

    public static void Measure()
    {
        var table = new Table("output", "kind", "ms", "ms, twice as long", "MB", "MB, twice as long");
        foreach (var (name, create) in All())
        {
            var (_, small, smallBytes) = Run(create(Chars));
            var (kind, large, largeBytes) = Run(create(2 * Chars));
            table.Add(name, kind, small, large, smallBytes / 1e6, largeBytes / 1e6);
        }

        table.Print();
    }

    private static (string Kind, double Milliseconds, double Bytes) Run(string text)
    {
        var output = new ToolOutput(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        var found = Reducers.Find(output with { Text = TerminalText.Plain(text) });
        return (found?.Reducer.Kind ?? "-", watch.Elapsed.TotalMilliseconds, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static IEnumerable<(string Name, Func<int, string> Create)> All() =>
    [
        ("one line", chars => new string('x', chars)),
        ("one line of words", chars => Repeat(_ => "word error: 17 ", chars)),
        ("10-char lines", chars => Repeat(i => $"{i % 100_000:00000} ab\n", chars)),
        ("lines without their like", chars => Repeat(i => $"step{Letters(i)} of {Letters(i * 7)} with {Letters(i * 13)} done\n", chars)),
        ("only failures", chars => Repeat(i => $"error: {Letters(i)} failed at {i}\n", chars)),
        ("deeply nested JSON", chars => new string('[', chars)),
        ("JSON array", chars => "[" + Repeat(i => $"{{\"id\":{i},\"name\":\"{Letters(i)}\",\"tags\":[1,2,3]}},", chars) + "{}]"),
        ("JSON, every member another name", chars => "[" + Repeat(i => $"{{\"{Letters(i)}\":{i}}},", chars) + "{}]"),
        ("JSON, nested tables", chars => "[" + Repeat(i => $"{{\"a\":[{{\"b\":[{{\"c\":[1,2,3,4,5,6,7,8,9,{i}]}}]}}]}},", chars) + "{}]"),
        ("open quotes", chars => Repeat(_ => "{\"a\":\"", chars)),
        ("open tags", chars => "<html>" + Repeat(_ => "<script <!-- <a href='", chars)),
        ("tags", chars => "<html>" + Repeat(_ => "<td>&amp;<b>x</b>", chars)),
        ("carriage returns", chars => Repeat(i => $"{i}%\r", chars)),
        ("escapes", chars => Repeat(_ => "\u001b[\u001b]", chars)),
        ("frames", chars => Repeat(i => $"  at a{i}.b(C.java:{i})\n", chars)),
        ("CSV", chars => "id,name,size\n" + Repeat(i => $"{i},{Letters(i)},{i % 7}\n", chars)),
        ("aligned columns", chars => "NAME     SIZE   STATUS\n" + Repeat(i => $"n{i % 10_000,-8}{i % 7,-7}ok\n", chars)),
        ("headers of tables", chars => Repeat(_ => "NAME     SIZE   STATUS\n", chars)),
        ("Markdown rules", chars => Repeat(_ => "|a|b|\n|---|---|\n", chars)),
        ("base64", chars => Repeat(_ => "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk\n", chars)),
    ];

    private static string Repeat(Func<int, string> part, int chars)
    {
        var text = new StringBuilder(chars + 200);
        for (var i = 0; text.Length < chars; i++)
            text.Append(part(i));
        return text.ToString();
    }

    private static string Letters(int number)
    {
        Span<char> letters = stackalloc char[6];
        var value = (uint)number * 2_654_435_761;
        for (var i = 0; i < letters.Length; i++, value /= 26)
            letters[i] = (char)('a' + (value % 26));
        return letters.ToString();
    }
}

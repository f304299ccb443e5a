using System.Globalization;
using System.Text;
using Microsoft.Extensions.AI;

namespace Strata.Benchmarks.Synthetic;

/// <summary>
/// Calls of the usual tools and what they answer: file reads, searches, builds, tests, diffs, listings, JSON and stack traces.
/// </summary>
internal sealed class ToolOutput(Vocabulary vocabulary)
{
    public (FunctionCallContent Call, FunctionResultContent Result) Next(string callId, int chars)
    {
        var path = vocabulary.Path();
        var (name, arguments, line) = vocabulary.Next(0, 8) switch
        {
            0 or 1 => ("Read", Arguments(("file_path", path)), (Func<int, string>)CodeLine),
            2 => ("Grep", Arguments(("pattern", vocabulary.Camel()), ("path", "src")), SearchLine),
            3 => ("Bash", Arguments(("command", "dotnet build -c Release")), BuildLine),
            4 => ("Bash", Arguments(("command", $"dotnet test --filter {vocabulary.Pascal()}")), TestLine),
            5 => ("Edit", Arguments(("file_path", path), ("old_string", CodeLine(1)), ("new_string", CodeLine(2))), DiffLine),
            6 => ("Fetch", Arguments(("url", $"https://{vocabulary.Term()}.example.com/api/{vocabulary.Term()}/{vocabulary.Hex(8)}")),
                JsonLine),
            _ => ("Bash", Arguments(("command", $"ls -la {path}")), ListLine),
        };
        return (new FunctionCallContent(callId, name, arguments), new FunctionResultContent(callId, Lines(line, chars)));
    }

    private static Dictionary<string, object?> Arguments(params (string Name, string Value)[] arguments) =>
        arguments.ToDictionary(argument => argument.Name, object? (argument) => argument.Value, StringComparer.Ordinal);

    private static string Lines(Func<int, string> line, int chars)
    {
        var text = new StringBuilder(chars + 200);
        for (var i = 1; text.Length < chars; i++)
            text.Append(line(i)).Append('\n');
        return text.ToString();
    }

    private string CodeLine(int number) => number.ToString(CultureInfo.InvariantCulture).PadLeft(6) + "\t" + vocabulary.Next(0, 6) switch
    {
        0 => $"    private readonly {vocabulary.Pascal()} _{vocabulary.Camel()};",
        1 => $"    public async Task<{vocabulary.Pascal()}> {vocabulary.Pascal()}Async(string {vocabulary.Term()}, int "
            + $"{vocabulary.Term()})",
        2 => $"        var {vocabulary.Term()} = await {vocabulary.Camel()}.{vocabulary.Pascal()}({vocabulary.Term()}, "
            + $"\"{vocabulary.Term()}-{vocabulary.Next(1, 9999)}\");",
        3 => $"        // {vocabulary.Sentence()}",
        4 => "    {",
        _ => $"        if ({vocabulary.Term()}.{vocabulary.Pascal()} > {vocabulary.Next(0, 4096)}) return {vocabulary.Camel()};",
    };

    private string SearchLine(int number) =>
        $"{vocabulary.Path()}:{vocabulary.Next(1, 900)}:    {vocabulary.Camel()}.{vocabulary.Pascal()}({vocabulary.Term()});";

    private string BuildLine(int number) => vocabulary.Next(0, 8) switch
    {
        0 => $"{vocabulary.Path()}({vocabulary.Next(1, 400)},{vocabulary.Next(1, 90)}): error CS{vocabulary.Next(100, 9999):0000}: "
            + $"{vocabulary.Sentence()}",
        1 => $"{vocabulary.Path()}({vocabulary.Next(1, 400)},{vocabulary.Next(1, 90)}): warning CA{vocabulary.Next(1000, 2300)}: "
            + $"{vocabulary.Sentence()}",
        _ => $"2025-03-{1 + (number % 28):00}T10:{number % 60:00}:{vocabulary.Next(0, 60):00}Z info {vocabulary.Pascal()} finished step "
            + $"{number} in {vocabulary.Next(1, 9000)} ms",
    };

    private string TestLine(int number) => vocabulary.Next(0, 12) switch
    {
        0 => $"  Failed {vocabulary.Pascal()}_{vocabulary.Pascal()}_{vocabulary.Pascal()} [{vocabulary.Next(1, 900)} ms]\n    Expected "
            + $"{vocabulary.Next(1, 999)} but was {vocabulary.Next(1, 999)}",
        1 => $"   at {vocabulary.Pascal()}.{vocabulary.Pascal()}(String {vocabulary.Term()}) in /repo/{vocabulary.Path()}:line "
            + $"{vocabulary.Next(1, 900)}",
        _ => $"  Passed {vocabulary.Pascal()}_{vocabulary.Pascal()}_{vocabulary.Pascal()} [{vocabulary.Next(1, 90)} ms]",
    };

    private string DiffLine(int number) => vocabulary.Next(0, 9) switch
    {
        0 => $"@@ -{number},{vocabulary.Next(1, 30)} +{number + 2},{vocabulary.Next(1, 30)} @@ class {vocabulary.Pascal()}",
        1 or 2 => "-" + CodeLine(number)[7..],
        3 or 4 => "+" + CodeLine(number)[7..],
        _ => " " + CodeLine(number)[7..],
    };

    private string JsonLine(int number) =>
        $$"""{"id":"{{vocabulary.Hex(8)}}-"""
            + $$"""{{vocabulary.Hex(4)}}","name":"{{vocabulary.Camel()}}","status":"""
            + $$"""
                "{{vocabulary.Pick("active", "active", "active", "failed")}}","total":{{vocabulary.Next(1, 99999)}},"tags":
                """
            + $$"""["{{vocabulary.Term()}}","{{vocabulary.Term()}}"]}""";

    private string ListLine(int number) =>
        $"-rw-r--r-- 1 dev dev {vocabulary.Next(40, 99999),8} Mar {1 + (number % 28),2} 10:{number % 60:00} {vocabulary.Pascal()}.cs";
}

using System.CommandLine;
using System.Diagnostics;
using Strata.Tokens;

namespace Strata.Benchmarks.Tokens;

/// <summary>How long the first count of a process takes. Start it several times: each start is one measurement.</summary>
internal static class FirstCountCommand
{
    public static Command Create()
    {
        var text = new Argument<string>("TEXT");
        var command = new Command(
            "first-count", "Milliseconds of the first and the second count in this process, and since its start.") { text };
        command.SetAction(arguments => Run(arguments.GetValue(text)!));
        return command;
    }

    private static int Run(string text)
    {
        var start = Stopwatch.GetTimestamp();
        var tokens = BpeTokenizer.O200kBase.Count(text);
        var first = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        start = Stopwatch.GetTimestamp();
        BpeTokenizer.O200kBase.Count(text);
        var second = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        using var process = Process.GetCurrentProcess();
        Table table = new(["tokens", "first count, ms", "second count, ms", "since process start, ms"]);
        table.Add([tokens, first, second, (TimeProvider.System.GetUtcNow() - new DateTimeOffset(process.StartTime)).TotalMilliseconds]);
        table.Print();
        return 0;
    }
}

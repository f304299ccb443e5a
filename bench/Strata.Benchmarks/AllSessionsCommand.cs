using System.CommandLine;
using System.Text.Json;
using Strata.Formats;
using Strata.Planning;

namespace Strata.Benchmarks;

/// <summary>Reads every session below a folder, compacts it, writes it, reads it again and checks what came out.</summary>
internal static class AllSessionsCommand
{
    private static readonly int[] Shares = [50, 20, 5];

    public static Command Create()
    {
        var data = new Argument<DirectoryInfo>("DATA")
        {
            Description = "A folder of sets; in each, every file that a format recognizes is a session."
        };
        var strategies = new Option<string>("--strategies")
        {
            Description = "Names, or all.",
            DefaultValueFactory = _ => CompactionStrategies.Default
        };
        var command = new Command("all-sessions", "Every session: read, compact to 50, 20 and 5 %, write, read again, check.")
        {
            data,
            strategies
        };
        command.SetAction((arguments, cancellationToken) =>
            RunAsync(arguments.GetValue(data)!, arguments.GetValue(strategies)!, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(DirectoryInfo data, string strategies, CancellationToken cancellationToken)
    {
        string[] names = strategies == "all" ? [.. CompactionStrategies.All.Select(strategy => strategy.Name)] : strategies.Split(',');
        var table = new Table("set", "format", "sessions", "compactions", "right", "share");
        var failures = new List<string>();
        foreach (var set in data.EnumerateDirectories().OrderBy(set => set.Name, StringComparer.Ordinal))
        {
            var counts = new SortedDictionary<string, (int Sessions, int Compactions, int Right)>(StringComparer.Ordinal);
            foreach (var (name, bytes) in set.EnumerateFiles("*", SearchOption.AllDirectories)
                .OrderBy(file => file.FullName, StringComparer.Ordinal).SelectMany(Sessions))
            {
                if (SessionFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, SessionFormats.HeadLength))) is not { } format)
                    continue;
                var found = await new SessionCheck(format, bytes).RunAsync(names, Shares, cancellationToken);
                failures.AddRange(found.Select(failure => $"{Path.GetRelativePath(data.FullName, name)}: {failure}"));
                var (sessions, compactions, right) = counts.GetValueOrDefault(format.Name);
                var all = names.Length * Shares.Length;
                counts[format.Name] = (sessions + 1, compactions + all, right + Math.Max(0, all - found.Count));
            }

            foreach (var (format, (sessions, compactions, right)) in counts)
                table.Add(
                    set.Name, format, sessions, compactions, right, FormattableString.Invariant($"{100.0 * right / compactions:0.#} %"));
        }

        table.Print();
        foreach (var failure in failures)
            Console.WriteLine(failure);
        return failures.Count == 0 ? 0 : 1;
    }

    /// <summary>A file is one session, except a list of runs that hold one each: <c>[{"traj": …}]</c>.</summary>
    private static IEnumerable<(string Name, byte[] Bytes)> Sessions(FileInfo file)
    {
        var bytes = File.ReadAllBytes(file.FullName);
        return Runs(bytes) is { } runs
            ? runs.Select((run, i) => ($"{file.FullName}[{i}]", run))
            : [(file.FullName, bytes)];
    }

    private static List<byte[]>? Runs(byte[] bytes)
    {
        if (bytes.AsSpan().TrimStart(" \r\n\t"u8) is not [(byte)'[', ..])
            return null;
        try
        {
            using var list = JsonDocument.Parse(bytes);
            return list.RootElement.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } first
                && first.TryGetProperty("traj", out _)
                ? [.. list.RootElement.EnumerateArray()
                    .Select(run => System.Text.Encoding.UTF8.GetBytes(run.GetProperty("traj").GetRawText()))]
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

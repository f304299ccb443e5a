using System.CommandLine;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Reducing;
using Strata.Reducing.Logs;
using Strata.Tokens;
using Strata.Transcripts;
using ToolOutput = Strata.Reducing.ToolOutput;

namespace Strata.Benchmarks.Reducing;

/// <summary>Tokens that tool outputs have left at their natural size, and whether what was hidden in them is still there.</summary>
internal static class ReducersCommand
{
    public static Command Create()
    {
        var data = new Option<DirectoryInfo?>("--data")
        {
            Description = "A folder of */openai_messages/*.json: measures the tool outputs found there."
        };
        var least = new Option<int>("--least")
        {
            Description = "Tokens below which an output of DATA is not looked at.",
            DefaultValueFactory = _ => 300
        };
        var show = new Option<string?>("--show") { Description = "Prints the outputs of this kind before and after." };
        var write = new Option<FileInfo?>("--write")
        {
            Description = "With --data: writes tool, kind, and the output before and after, one JSON a line."
        };
        var speed = new Option<bool>("--speed") { Description = "Time and allocation on hostile outputs of 2.5 and 5 million chars." };
        var command = new Command(
            "reducers",
            "Reduces made-up outputs of every kind with planted errors, outliers and ids; with --data those of real sessions.")
            {
                data,
                least,
                show,
                speed,
                write
            };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (arguments.GetValue(data) is { } folder)
                await RealAsync(folder, arguments.GetValue(least), arguments.GetValue(show), arguments.GetValue(write), cancellationToken);
            else if (arguments.GetValue(speed))
                HostileOutputs.Measure();
            else
                Planted(arguments.GetValue(show));
            return 0;
        });
        return command;
    }

    private static void Planted(string? show)
    {
        var counter = BpeTokenizer.O200kBase;
        var table = new Table("output", "kind", "tokens", "left", "change, %", "planted", "kept");
        foreach (var (name, output, planted) in ReducerCase.All())
        {
            var before = counter.Count(output.Text);
            var found = Reducers.Find(output with { Text = TerminalText.Plain(output.Text) });
            var text = found?.Natural ?? output.Text;
            var after = counter.Count(text);
            var lost = planted.Where(item => !text.Contains(item, StringComparison.Ordinal)).ToList();
            table.Add(name, found?.Reducer.Kind ?? "-", before, after, -100.0 * (before - after) / before, planted.Count,
                planted.Count - lost.Count);
            if (lost.Count > 0)
                Console.WriteLine($"{name} lost: {string.Join(" | ", lost)}");
            if (show is not null && (show == "all" || found?.Reducer.Kind == show))
                Console.WriteLine($"--- {name}\n{text}\n");
        }

        table.Print();
    }

    private static async Task RealAsync(DirectoryInfo data, int least, string? show, FileInfo? write, CancellationToken cancellationToken)
    {
        await using var lines = write?.CreateText();
        var counter = BpeTokenizer.O200kBase;
        var format = SessionFormats.Find("openai-chat")!;
        foreach (var set in data.EnumerateDirectories().OrderBy(set => set.Name, StringComparer.Ordinal))
        {
            var messages = new DirectoryInfo(Path.Combine(set.FullName, "openai_messages"));
            if (!messages.Exists)
                continue;
            var kinds = new SortedDictionary<string, List<(int Before, int After)>>(StringComparer.Ordinal);
            foreach (var file in messages.EnumerateFiles("*.json").OrderBy(file => file.Name, StringComparer.Ordinal))
            {
                await using var input = file.OpenRead();
                var document = await format.ReadAsync(input, cancellationToken);
                foreach (var output in Outputs(document.Messages))
                {
                    var before = counter.Count(output.Text);
                    if (before < least)
                        continue;
                    var found = Reducers.Find(output with { Text = TerminalText.Plain(output.Text) });
                    var kind = found?.Reducer.Kind ?? "-";
                    if (!kinds.TryGetValue(kind, out var sizes))
                        kinds[kind] = sizes = [];
                    sizes.Add((before, found is { } reduced ? counter.Count(reduced.Natural) : before));
                    if (lines is not null)
                        await lines.WriteLineAsync(JsonSerializer.Serialize(new { set = set.Name, file = file.Name, kind,
                            before = output.Text, after = found?.Natural }));
                    if (show == kind)
                        Console.WriteLine($"\n##### {output.Arguments}\n{output.Text}\n##### {sizes[^1]}\n{found?.Natural}");
                }
            }

            Print(set.Name, kinds);
        }
    }

    private static void Print(string name, SortedDictionary<string, List<(int Before, int After)>> kinds)
    {
        var all = kinds.Values.Sum(sizes => sizes.Count);
        var tokens = kinds.Values.Sum(sizes => sizes.Sum(size => (long)size.Before));
        var table = new Table(name, "outputs", "share, %", "tokens", "share of tokens, %", "median change, %", "all, %");
        foreach (var (kind, sizes) in kinds)
        {
            var changes = sizes.Select(size => -100.0 * (size.Before - size.After) / size.Before).Order().ToList();
            var before = sizes.Sum(size => (long)size.Before);
            table.Add(kind, sizes.Count, 100.0 * sizes.Count / all, before, 100.0 * before / tokens, changes[changes.Count / 2],
                -100.0 * (before - sizes.Sum(size => (long)size.After)) / before);
        }

        table.Print();
    }

    private static IEnumerable<ToolOutput> Outputs(IReadOnlyList<ChatMessage> messages)
    {
        var calls = new Dictionary<string, FunctionCallContent>(StringComparer.Ordinal);
        foreach (var content in messages.SelectMany(message => message.Contents))
        {
            if (content is FunctionCallContent call)
                calls[call.CallId] = call;
            else if (content is FunctionResultContent result && MessageText.Of(result) is { } text)
                yield return ToolOutput.Of(text, calls.GetValueOrDefault(result.CallId));
        }
    }
}

using Microsoft.Extensions.AI;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Cli.Inspection;

/// <summary>A file that was read again and again.</summary>
/// <param name="Path">As the agent named it.</param>
/// <param name="Reads">How often it was read.</param>
/// <param name="Tokens">Tokens of all results.</param>
/// <param name="WastedTokens">Tokens of results that a later read of the same part of the file made superfluous.</param>
internal sealed record RepeatedRead(string Path, int Reads, int Tokens, int WastedTokens);

/// <summary>Finds files that an agent read more than once, by the arguments of its reading tools.</summary>
internal static class RepeatedReads
{
    private static readonly string[] PathArguments =
        ["file_path", "path", "filename", "file", "filePath", "absolute_path", "target_file", "notebook_path", "relative_path"];

    // Read, read_file, view, open_file, cat, NotebookRead, mcp__fs__read_text_file …
    private static readonly string[] ReadingWords = ["read", "view", "open", "cat"];

    private static readonly string[] WritingWords = ["write", "edit", "create", "search", "readme"];

    public static IReadOnlyList<RepeatedRead> Find(Transcript transcript, TokenMap tokens)
    {
        var reads = new List<(string Path, string Part, int Tokens)>();
        foreach (var group in transcript.Groups)
        {
            var calls = group.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>()
                .Where(call => IsReading(call) && PathOf(call) is not null)
                .GroupBy(call => call.CallId, StringComparer.Ordinal)
                .ToDictionary(same => same.Key, same => same.First(), StringComparer.Ordinal);
            if (calls.Count == 0)
                continue;
            foreach (var index in group.MessageIndexes)
            {
                var contents = transcript.Messages[index].Contents;
                for (var c = 0; c < contents.Count; c++)
                {
                    if (contents[c] is FunctionResultContent result && calls.TryGetValue(result.CallId, out var call))
                        reads.Add((PathOf(call)!, PartOf(call), tokens.OfContent(index, c)));
                }
            }
        }

        return
        [
            .. reads.GroupBy(read => read.Path, StringComparer.Ordinal).Where(file => file.Skip(1).Any())
                .Select(file => new RepeatedRead(
                    file.Key,
                    file.Count(),
                    file.Sum(read => read.Tokens),
                    file.GroupBy(read => read.Part, StringComparer.Ordinal).Sum(part => part.SkipLast(1).Sum(read => read.Tokens))))
                .OrderByDescending(file => file.WastedTokens).ThenByDescending(file => file.Reads)
                .ThenBy(file => file.Path, StringComparer.Ordinal),
        ];
    }

    private static bool IsReading(FunctionCallContent call)
    {
        // One tool for everything says by its argument what it does.
        var name = call.Arguments?.TryGetValue("command", out var command) == true && PathOf(call) is not null
            ? MessageText.OfResult(command)
            : call.Name;
        return Array.Exists(ReadingWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !Array.Exists(WritingWords, word => name.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static string? PathOf(FunctionCallContent call)
    {
        foreach (var name in PathArguments)
        {
            if (call.Arguments?.TryGetValue(name, out var value) == true && MessageText.OfResult(value) is { Length: > 0 } path)
                return path;
        }

        return null;
    }

    // Two pages of one file are not a repetition.
    private static string PartOf(FunctionCallContent call) => string.Join(
        '\n', call.Arguments!.OrderBy(argument => argument.Key, StringComparer.Ordinal)
            .Select(argument => $"{argument.Key}={MessageText.OfResult(argument.Value)}"));
}

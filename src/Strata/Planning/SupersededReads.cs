using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Planning;

/// <summary>Finds the reads of files that a later call made stale: the same lines read again, or the file changed.</summary>
internal static class SupersededReads
{
    // A tool may answer that nothing has changed since, or show a preview: that is no second look at the file.
    private const int LeastShareShown = 2;

    /// <summary>By the index of their group.</summary>
    public static IReadOnlyDictionary<int, List<SupersededRead>> Find(Transcript transcript)
    {
        var found = new Dictionary<int, List<SupersededRead>>();
        var open = new Dictionary<string, List<Read>>(StringComparer.Ordinal);
        foreach (var group in transcript.Groups)
        {
            if (group.Kind != GroupKind.ToolCall)
                continue;
            var reads = new List<Read>();
            foreach (var (call, result, file) in FilesOf(group))
            {
                var length = MessageText.OfResult(result.Result).Length;
                if (open.TryGetValue(file.Path, out var earlier))
                    earlier.RemoveAll(read => Supersedes(file, length, read) && Add(found, read, group.Index, file.Changes));
                if (!file.Changes)
                    reads.Add(new Read(group.Index, call.CallId, file, length));
            }

            // Calls of one group run side by side: none of them makes another stale.
            foreach (var read in reads)
            {
                if (!open.TryGetValue(read.File.Path, out var list))
                    open[read.File.Path] = list = [];
                list.Add(read);
            }
        }

        return found;
    }

    private static bool Supersedes(FileCall later, int length, Read read) =>
        later.Changes || (later.Covers(read.File) && (long)length * LeastShareShown >= read.Length);

    private static bool Add(Dictionary<int, List<SupersededRead>> found, Read read, int by, bool changed)
    {
        if (!found.TryGetValue(read.Group, out var list))
            found[read.Group] = list = [];
        list.Add(new SupersededRead(read.CallId, by, changed));
        return true;
    }

    private static IEnumerable<(FunctionCallContent Call, FunctionResultContent Result, FileCall File)> FilesOf(MessageGroup group)
    {
        var results = new Dictionary<string, FunctionResultContent>(StringComparer.Ordinal);
        foreach (var result in group.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>())
            results.TryAdd(result.CallId, result);
        foreach (var call in group.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
        {
            if (FileCalls.Of(call) is not { Count: > 0 } files || !results.TryGetValue(call.CallId, out var result))
                continue;
            // A file that was shown may well speak of errors; only what was to be changed has failed by saying so.
            if (result.Exception is not null || (files[0].Changes && ImportanceRules.Failed(result)))
                continue;
            foreach (var file in files)
                yield return (call, result, file);
        }
    }

    private readonly record struct Read(int Group, string CallId, FileCall File, int Length);
}

using System.Text;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Cli.Files;

/// <summary>
/// The names of the summaries that this user's <c>strata</c> wrote, one a line in the user's data folder. By them a session that was
/// compacted is recognized again, also where no archive holds what was cut.
/// </summary>
internal static class WrittenSummaries
{
    private const string FileName = "summaries";

    /// <summary>Looks up what <paramref name="messages"/> hold that begins with Strata's header and that nobody vouched for yet.</summary>
    public static void Recognize(IEnumerable<ChatMessage> messages, Terminal terminal)
    {
        var asked = messages.Select(MessageText.Of)
            .Where(text => text.AsSpan().TrimStart().StartsWith(SummaryHeader.Prefix, StringComparison.Ordinal))
            .Where(text => !KnownSummaries.Contains(text))
            .Select(KnownSummaries.NameOf).ToHashSet(StringComparer.Ordinal);
        if (asked.Count == 0 || PathOf(terminal) is not { } path || !File.Exists(path))
            return;
        try
        {
            foreach (var name in File.ReadLines(path).Where(asked.Contains))
                KnownSummaries.AddName(name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Unread it vouches for nothing: the message is text of whoever sent it.
        }
    }

    /// <summary>Notes the summaries of a result; what the user should know where that is not possible.</summary>
    public static string? Keep(CompactionResult result, Terminal terminal)
    {
        var names = result.Outgoing.Where(message => message.SourceIndex < 0)
            .Select(message => KnownSummaries.NameOf(MessageText.Of(message.Message)) + "\n").ToList();
        if (names.Count == 0)
            return null;
        try
        {
            if (PathOf(terminal) is not { } path)
                return "No data folder is known, so that this summary is recognized again only by an archive. Set XDG_DATA_HOME or HOME.";
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;

            // In one write, so that lines of two processes do not mix.
            using var file = new FileStream(path, options);
            file.Write(Encoding.ASCII.GetBytes(string.Concat(names)));
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"The summary's name was not noted ({e.Message.TrimEnd('.')}), so that it is recognized again only by an archive.";
        }
    }

    private static string? PathOf(Terminal terminal) =>
        terminal.DataFolder is { } folder ? Path.Combine(folder, "strata", FileName) : null;
}

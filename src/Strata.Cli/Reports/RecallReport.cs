using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata recall --json</c> prints.</summary>
/// <param name="Handle">As it was asked for.</param>
/// <param name="File">The file it was found in; null for an archive.</param>
/// <param name="Place">Where in the file.</param>
/// <param name="Text">The text of the one content that the handle names; null for groups and media.</param>
/// <param name="Groups">The groups that hold it.</param>
internal sealed record RecallReport(string Handle, string? File, string? Place, string? Text, IReadOnlyList<RecalledGroup> Groups)
{
    /// <summary>The archive it was found in; null for a file.</summary>
    public string? Archive { get; init; }

    /// <summary>The session of the compaction that cut it; null where none did.</summary>
    public string? Session { get; init; }

    /// <summary>That compaction.</summary>
    public string? Receipt { get; init; }

    /// <summary>Places in it where a placeholder stands for a secret.</summary>
    public int SecretsRedacted { get; init; }

    public static IReadOnlyList<RecalledGroup> GroupsOf(IEnumerable<MessageGroup> groups) =>
        [.. groups.Select(group => new RecalledGroup(
            group.Index + 1,
            group.Handle.ToString(),
            group.Kind,
            [.. group.Messages.Select(message =>
                JsonSerializer.SerializeToNode(message, AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatMessage))))]))];
}

/// <summary>One original group.</summary>
/// <param name="Group">Its number in the file, or among those recalled from an archive, counted from 1.</param>
/// <param name="Messages">Messages as Microsoft.Extensions.AI writes them.</param>
internal sealed record RecalledGroup(int Group, string Handle, GroupKind Kind, IReadOnlyList<JsonNode?> Messages);

using System.Text.Json.Nodes;
using Strata.Transcripts;

namespace Strata.Cli.Output;

/// <summary>What <c>strata recall --json</c> prints.</summary>
/// <param name="Handle">As it was asked for.</param>
/// <param name="File">Where it was found.</param>
/// <param name="Place">Where in the file.</param>
/// <param name="Text">The text of the one content that the handle names; null for groups and media.</param>
/// <param name="Groups">The groups that hold it.</param>
internal sealed record RecallReport(string Handle, string File, string Place, string? Text, IReadOnlyList<RecalledGroup> Groups);

/// <summary>One original group.</summary>
/// <param name="Group">Its number, counted from 1.</param>
/// <param name="Messages">Messages as Microsoft.Extensions.AI writes them.</param>
internal sealed record RecalledGroup(int Group, string Handle, GroupKind Kind, IReadOnlyList<JsonNode?> Messages);

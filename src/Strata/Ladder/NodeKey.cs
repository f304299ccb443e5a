using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Strata.Planning.Hierarchy;
using Strata.Transcripts;

namespace Strata.Ladder;

/// <summary>Addresses nodes by content: what they cover, who is to write them, with which instructions, how long.</summary>
internal static class NodeKey
{
    public static string Of(PlannedPart part, Transcript transcript, Func<PlannedPart, string> keyOf, Func<int, LevelWriting> writing)
    {
        var content = new StringBuilder();
        if (part.Carried is { } carried)
            content.Append("carried ").Append(carried.Text);
        foreach (var child in part.Children)
            content.Append("child ").Append(keyOf(child)).Append('\n');
        foreach (var message in part.Groups.SelectMany(group => transcript.Groups[group].MessageIndexes))
            content.Append("message ").Append(transcript.MessageFingerprint(message)).Append('\n');
        // What goes on as it is depends on nobody.
        if (part.Level > 0 && part.Carried is null)
            content.Append(CultureInfo.InvariantCulture,
                $"level {part.Level} tokens {part.MaxTokens} by {writing(part.Level).Model} as {writing(part.Level).Template}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString())).AsSpan(0, 16));
    }
}

/// <summary>Who writes a level, and with which instructions.</summary>
/// <param name="Model">The first choice: what a fallback wrote is not asked for again.</param>
/// <param name="Template">The version of the template.</param>
internal readonly record struct LevelWriting(string Model, string Template);

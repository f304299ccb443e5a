using Microsoft.Extensions.AI;
using Strata.Facts.Manifests;
using Strata.Transcripts;

namespace Strata.LevelZero;

/// <summary>
/// What stays in the context after a summary is newer than the summary and holds: its to-do list, and the assistant's last words.
/// </summary>
internal static class LaterGroups
{
    /// <summary>
    /// Brings <paramref name="tasks"/> up to date with the groups from <paramref name="first"/> on; true when the assistant speaks in them.
    /// </summary>
    public static bool Read(Transcript transcript, int first, TaskList tasks)
    {
        var speaks = false;
        for (var i = first; i < transcript.Groups.Count; i++)
        {
            speaks |= transcript.Groups[i].Kind == GroupKind.Assistant;
            foreach (var content in transcript.Groups[i].Messages.SelectMany(message => message.Contents))
            {
                if (content is FunctionCallContent call)
                    tasks.Read(call);
                else if (content is FunctionResultContent result)
                    tasks.ReadResult(result);
            }
        }

        return speaks;
    }
}

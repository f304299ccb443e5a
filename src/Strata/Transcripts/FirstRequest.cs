namespace Strata.Transcripts;

/// <summary>What the user asked first: the task.</summary>
internal static class FirstRequest
{
    /// <summary>
    /// The user's first message that does more than greet or say to go on; the newest where all do no more, and null when the user said
    /// nothing.
    /// </summary>
    public static MessageGroup? In(Transcript transcript)
    {
        MessageGroup? newest = null;
        foreach (var group in transcript.Groups.Where(group => group is { Kind: GroupKind.User, IsInjected: false }))
        {
            if (group.Importance != Importance.Trivial)
                return group;
            newest = group;
        }

        return newest;
    }
}

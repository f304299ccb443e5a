namespace Strata.Ladder.Gate;

/// <summary>Something that a summary must not lose, as it would be written below it.</summary>
internal sealed record KeptItem(KeptKind Kind, string Text);

/// <summary>What an item is. The order is that in which they are completed.</summary>
internal enum KeptKind
{
    /// <summary>A standing rule of the user.</summary>
    Rule,

    /// <summary>An open task.</summary>
    Task,

    /// <summary>A failure, with its cure if it has one.</summary>
    Failure,

    Commit,

    /// <summary>A statement of the user that may matter later.</summary>
    Fact,

    /// <summary>A path, an id, a link, a number, a version.</summary>
    Name,
}

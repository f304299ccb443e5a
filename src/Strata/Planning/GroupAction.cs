namespace Strata.Planning;

/// <summary>What happens to a group.</summary>
public enum GroupAction
{
    /// <summary>Stays as it is.</summary>
    Keep,

    /// <summary>Stays, with its long contents cut to head and tail around a handle.</summary>
    Shorten,

    /// <summary>Leaves the context; a summary stands for it.</summary>
    Summarize,

    /// <summary>Leaves the context; only a handle stands for it.</summary>
    Drop,
}

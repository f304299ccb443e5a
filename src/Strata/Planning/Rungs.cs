namespace Strata.Planning;

/// <summary>
/// The steps from cheap to costly that a plan takes when it is above the target, in their order; all but the first follow the strategy's
/// own choice.
/// </summary>
public static class Rungs
{
    /// <summary>
    /// Reads of files that were read again or changed since keep only a marker with a handle; taken before the strategy chooses.
    /// </summary>
    public const string SupersededReads = "superseded-reads";

    /// <summary>Old tool results keep only a marker with a handle.</summary>
    public const string ClearToolResults = "clear-tool-results";

    /// <summary>Long contents keep head and tail around a handle.</summary>
    public const string Shorten = "shorten";

    /// <summary>The oldest groups that are still there leave.</summary>
    public const string DropOldest = "drop-oldest";

    /// <summary>The summary has less room.</summary>
    public const string SmallerSummary = "smaller-summary";

    /// <summary>Pins that the user did not set keep head and tail around a handle.</summary>
    public const string ShortenPins = "shorten-pins";

    /// <summary>The task and the newest user message are told in the summary: there is no room for messages of their own.</summary>
    public const string TakeUpPins = "take-up-pins";
}

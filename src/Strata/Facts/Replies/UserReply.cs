namespace Strata.Facts.Replies;

/// <summary>What the user said in the result of a tool call: there it is the client that speaks, and quotes the user.</summary>
/// <param name="Kind">What the user did.</param>
/// <param name="Said">The user's words, and what they are about where the client says so; empty where the user gave none.</param>
internal sealed record UserReply(UserReplyKind Kind, IReadOnlyList<(string? About, string Words)> Said);

/// <summary>What the user did with a call.</summary>
internal enum UserReplyKind
{
    /// <summary>The user did not let the call run. It did not fail.</summary>
    Refused,

    /// <summary>The user answered what the agent asked.</summary>
    Answered,

    /// <summary>The user agreed to the agent's plan. The words are the plan.</summary>
    Approved,
}

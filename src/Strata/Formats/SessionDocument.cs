using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Formats;

/// <summary>
/// A session that was read: its conversation as the model would be sent it, and whatever its format needs to write it back.
/// </summary>
public abstract class SessionDocument
{
    /// <summary>The <see cref="ISessionFormat.Name"/> of the format that read it.</summary>
    public abstract string Format { get; }

    /// <summary>
    /// The live conversation, oldest first: one message for each entry of the file (line, item, array element) that belongs to it.
    /// Sidechains,
    /// abandoned branches and what lies before the agent's own last compaction are not in it, but are written back.
    /// </summary>
    public abstract IReadOnlyList<ChatMessage> Messages { get; }

    /// <summary>The model that the file names last; null when it names none.</summary>
    public virtual string? Model => null;

    /// <summary>The name that the agent gave the session, by which it is resumed; null when the file holds none.</summary>
    public virtual string? SessionId => null;

    /// <summary>
    /// Whose <see cref="TextReasoningContent.ProtectedData"/> the messages carry, so that a format of the same vendor can keep signed
    /// reasoning; null when
    /// that is not known, and then signed reasoning is not carried over to another format.
    /// </summary>
    public virtual ReasoningVendor? SignedBy => null;

    /// <summary>Instructions and tools that the file sends beside the messages; null when it holds none.</summary>
    public virtual ChatOptions? Options => null;

    /// <summary>The window in tokens that the file states for its model; null when it states none.</summary>
    public virtual int? Window => null;

    /// <summary>
    /// What the file records of the requests that were answered by live messages, oldest first; empty when it records nothing.
    /// </summary>
    public virtual IReadOnlyList<RecordedInput> RecordedInputs => [];

    /// <summary>
    /// Input tokens that the file records for the conversation's last request, with instructions, tools and whatever else the agent sent;
    /// null when it records none, or only those of a longer conversation that was compacted since.
    /// </summary>
    public int? LastRecordedInput => RecordedInput.Newest(this, RecordedInputs);

    /// <summary>What was broken and passed over; written back as it is.</summary>
    public virtual IReadOnlyList<FormatProblem> Problems => [];

    /// <summary>
    /// What writing <paramref name="messages"/> in the document's own format changes beside the messages, a sentence each for people; empty
    /// where all else stays.
    /// </summary>
    public virtual IReadOnlyList<string> ChangesBeside(IReadOnlyList<OutgoingMessage> messages) => [];

    /// <summary>
    /// Whether writing leaves out what no client reads again, such as the shapes of earlier requests and snapshots of the system prompt.
    /// By default all lines are written back.
    /// </summary>
    public bool IsLean { get; set; }

    /// <summary>Where a message stands in the file, for people: <c>line 17</c>, <c>messages[3]</c>.</summary>
    public abstract string PlaceOf(int messageIndex);
}

/// <summary>A broken place in a session file.</summary>
/// <param name="Place">Where it is, for people: <c>line 17</c>, <c>messages[3]</c>.</param>
/// <param name="Message">What is wrong and what was done about it.</param>
public sealed record FormatProblem(string Place, string Message);

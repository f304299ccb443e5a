namespace Strata.Transcripts.Voices;

/// <summary>One way in which an agent's client marks text that it puts into a user message.</summary>
/// <param name="Form">How the mark is written.</param>
/// <param name="Mark">The name of the tag, the first words of the block, or the whole line.</param>
/// <param name="End">
/// Where the block ends: for a frame its closing mark, for a block the text behind which something else may follow. Empty where it goes on
/// to the end.
/// </param>
/// <param name="Words">Behind which words the user's own begin inside the block; empty where all of it is the client's.</param>
internal sealed record ClientWrapper(WrapperForm Form, string Mark, string End = "", string Words = "")
{
    /// <summary>Before which words the user's own end, whichever comes first; without any they go on to the end of the block.</summary>
    public string[] WordsEnds { get; init; } = [];

    /// <summary>Whether what a tag encloses is the user's: the tag goes, the words stay.</summary>
    public bool IsOfTheUser { get; init; }

    /// <summary>Whether the client sends it once and never again, so that nothing replaces it when it is cut.</summary>
    public bool IsSentOnce { get; init; }
}

/// <summary>How a client marks what it adds.</summary>
internal enum WrapperForm
{
    /// <summary><c>&lt;mark&gt; … &lt;/mark&gt;</c>, anywhere. A trailing star stands for any ending of the name.</summary>
    Tag,

    /// <summary>From the mark to the end mark, anywhere.</summary>
    Frame,

    /// <summary>A block that begins with the mark.</summary>
    Block,

    /// <summary>A line that says only this.</summary>
    Line,
}

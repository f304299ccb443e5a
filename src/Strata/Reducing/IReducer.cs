namespace Strata.Reducing;

/// <summary>Makes the output of one kind of tool smaller without losing the lines that matter.</summary>
/// <remarks>Pure, thread-safe, time linear in the text. A wrong guess of the kind must be harmless: what is kept is kept word for word.</remarks>
internal interface IReducer
{
    /// <summary>The kind as it is told in receipts and cut markers: <c>json</c>, <c>log</c>, <c>search</c>.</summary>
    string Kind { get; }

    /// <summary>
    /// A smaller text of at most <paramref name="maxChars"/> UTF-16 chars, in which every place where something was left out says how much; null
    /// when the text is not of this kind or cannot be made so small. With <see cref="int.MaxValue"/> it has its natural size: everything
    /// that a reader would miss, and no more.
    /// </summary>
    string? Reduce(ToolOutput output, int maxChars);
}

namespace Strata.Reducing;

/// <summary>Makes the output of one kind of tool smaller without losing the lines that matter.</summary>
/// <remarks>
/// What every reducer promises, and <c>ReducerContract</c> tests for each of them:
/// <list type="number">
/// <item>It is pure and thread-safe: the same output and the same size give the same text, in every process and every culture.</item>
/// <item>What it returns is shorter than the text of the output and has no more chars than it was asked for.</item>
/// <item>Where something was left out, the text says so and says how much. Line breaks, padding, and marks of the format with what they
/// hide may go unsaid.</item>
/// <item>At natural size the lines that tell of a failure (<see cref="Lines.FailureWords"/>), and those with a name that the call asked for
/// (<see cref="AskedNames"/>), stay word for word. Where room is short they leave last.</item>
/// <item>It looks at each char a bounded number of times and allocates at most in proportion to the text, whatever the text.</item>
/// <item>A wrong guess of the kind does no harm: what stays is the tool's own words, in the tool's order.</item>
/// </list>
/// </remarks>
internal interface IReducer
{
    /// <summary>
    /// The kind as it is told in receipts and cut markers: <c>json</c>, <c>log</c>, <c>search</c>. One word of at most 12 letters from a to
    /// z.
    /// </summary>
    string Kind { get; }

    /// <summary>
    /// How sure the reducer is that the output is of its kind: 0 (no, then <see cref="Reduce"/> returns null) to 1 (nothing else prints
    /// this).
    /// </summary>
    /// <remarks>
    /// The surest is asked first; of equally sure ones the one that stands first in <see cref="Reducers.All"/>. So that kinds can be
    /// compared, all use one scale:
    /// <list type="bullet">
    /// <item>1: a mark that no other tool prints, such as the records of <c>go test -json</c>.</item>
    /// <item>.9: a grammar that holds from end to end, such as a JSON document, or words that one sort of program says.</item>
    /// <item>.7 to .8: the call names the kind, such as <c>grep</c> or the path of a source file, and the text agrees.</item>
    /// <item>.5 to .6: most lines have the form of the kind, and nothing else speaks for it.</item>
    /// <item>.4 and less: what is left when nothing else is known of the text.</item>
    /// </list>
    /// </remarks>
    double Detect(ToolOutput output);

    /// <summary>
    /// A smaller text of at most <paramref name="maxChars"/> UTF-16 chars; null when the output is not of this kind or cannot be made so
    /// small. With <see cref="int.MaxValue"/> it has its natural size: everything that a reader would miss, and no more.
    /// </summary>
    string? Reduce(ToolOutput output, int maxChars);
}

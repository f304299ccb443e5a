namespace Strata.Laws.Tests.Architecture;

/// <summary>
/// A file that names a type or a member which another file declares. Paths are relative to the project, with forward slashes.
/// </summary>
/// <param name="File">The file that uses.</param>
/// <param name="Line">The line of the use, from 1.</param>
/// <param name="UsedFile">The file that declares what is used.</param>
/// <param name="Symbol">What is used.</param>
internal sealed record SourceUse(string File, int Line, string UsedFile, string Symbol)
{
    public override string ToString() => $"{File}:{Line} uses {Symbol} of {UsedFile}";
}

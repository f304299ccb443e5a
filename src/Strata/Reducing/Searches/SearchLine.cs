namespace Strata.Reducing.Searches;

/// <summary>One line of a search: a hit, or a line of the context around one.</summary>
/// <param name="Line">The line of the output.</param>
/// <param name="File">Index of the file; 0 where the search was in one file and does not name it.</param>
/// <param name="Number">The line of the file; 0 where it is not told.</param>
/// <param name="TextStart">Where the found text starts in the line.</param>
/// <param name="IsContext">Whether it stands around a hit and is none.</param>
internal readonly record struct SearchLine(int Line, int File, int Number, int TextStart, bool IsContext);

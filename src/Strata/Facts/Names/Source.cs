namespace Strata.Facts.Names;

/// <summary>A text of the session that names stand in: who wrote it, and the file that it belongs to, if it does.</summary>
internal sealed record Source(string Text, Speaker Speaker, int Group, string? File);

namespace Strata.Formats.Json;

/// <summary>Where a new element comes to stand.</summary>
/// <param name="Document">The document that it is set into.</param>
/// <param name="Replaces">The messages it stands for; null for none.</param>
/// <param name="Before">The element of the message before it in the output; −1 where there is none.</param>
/// <param name="After">The element of the next message that the document holds; −1 where there is none.</param>
/// <param name="Number">How many elements were set in between that element and this one.</param>
internal readonly record struct Insertion(BodyDocument Document, IReadOnlyList<int>? Replaces, int Before, int After, int Number);

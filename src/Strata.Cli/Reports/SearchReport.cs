namespace Strata.Cli.Reports;

/// <summary>What <c>strata search</c> prints.</summary>
internal sealed record SearchReport(string Words, string Archive, IReadOnlyList<SearchRow> Hits);

/// <summary>An original that holds the words.</summary>
/// <param name="Handle">Recalls it.</param>
/// <param name="Session">The newest session that holds it.</param>
/// <param name="Name">What people call that session.</param>
/// <param name="Role">Who said it.</param>
/// <param name="At">When it was first archived.</param>
/// <param name="Excerpt">One line around the words.</param>
internal sealed record SearchRow(string Handle, string Session, string? Name, string Role, DateTimeOffset At, string Excerpt);

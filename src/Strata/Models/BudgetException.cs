namespace Strata.Models;

/// <summary>The numbers of a budget contradict each other; the message names them and the way out.</summary>
public sealed class BudgetException(string message) : ArgumentException(message);

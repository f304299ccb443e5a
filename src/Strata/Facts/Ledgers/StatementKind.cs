namespace Strata.Facts.Ledgers;

/// <summary>What a user's sentence is to the ledger.</summary>
internal enum StatementKind
{
    /// <summary>Talk, a question, a request of the moment.</summary>
    None,

    /// <summary>
    /// A statement that may matter later, and in most sessions does not: a value of the project, an instruction that may be of the moment.
    /// </summary>
    Fact,

    /// <summary>A standing rule, preference, permission, format, limit or deadline.</summary>
    Rule,
}

namespace Strata.Storage.Postgres.Search;

/// <summary>
/// Terms of a search as numbers. Two terms may have the same one: what an index finds is looked through before it is told. Salted with the
/// tenant, so that a word of one tenant finds nothing of another, whatever a query forgets to ask.
/// </summary>
internal sealed class TermHash
{
    private const ulong Prime = 1099511628211;

    // A block of 256 KB has some ten thousand terms, whose codes then lie a byte or two apart; one block in four hundred is looked through
    // for nothing.
    public const int Bits = 22;

    private readonly ulong _salt;

    public TermHash(string tenant) => _salt = Add(14695981039346656037, tenant + "\0");

    /// <summary>Distinct, ascending.</summary>
    public int[] Of(IEnumerable<string> terms) => [.. terms.Select(Of).Distinct().Order()];

    public int Of(string term)
    {
        var hash = Add(_salt, term);
        hash ^= hash >> 33;
        hash *= 0xff51afd7ed558ccd;
        hash ^= hash >> 33;
        return (int)(hash >> (64 - Bits));
    }

    private static ulong Add(ulong hash, string text)
    {
        foreach (var unit in text)
            hash = (hash ^ unit) * Prime;
        return hash;
    }
}

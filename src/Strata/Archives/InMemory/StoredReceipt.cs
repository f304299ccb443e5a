namespace Strata.Archives.InMemory;

/// <summary>A receipt with its place among all.</summary>
internal sealed class StoredReceipt(long number, ArchivedReceipt receipt, ArchivedDocument? document, IReadOnlyList<ArchivedHandle> handles)
{
    public long Number => number;

    public ArchivedReceipt Receipt { get; set; } = receipt;

    public ArchivedDocument? Document => document;

    public IReadOnlyList<ArchivedHandle> Handles => handles;
}

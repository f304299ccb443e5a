using System.Globalization;
using Strata.Transcripts;

namespace Strata.Archives.Recalling;

/// <summary>Reads originals that must be there.</summary>
internal static class RequiredOriginals
{
    public static async ValueTask<IReadOnlyList<ArchivedOriginal>> ReadAsync(
        IArchive archive, IReadOnlyList<Fingerprint> names, CancellationToken cancellationToken)
    {
        var read = await archive.ReadAsync(names, cancellationToken).ConfigureAwait(false);
        return read.Contains(null)
            ? throw new ArchiveException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{read.Count(original => original is null)} of {read.Count} originals are missing from the "
                    + $"archive. Have it checked (doctor)."), ArchiveFault.Failed)
            : [.. read.OfType<ArchivedOriginal>()];
    }
}

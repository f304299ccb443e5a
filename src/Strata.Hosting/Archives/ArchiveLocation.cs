using Strata.Archives;

namespace Strata.Hosting.Archives;

internal enum ArchiveKind
{
    File,
    Postgres,
    Memory,
    None,
}

/// <summary>Where an archive is.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The path or the connection string; null: the usual file.</param>
internal sealed record ArchiveLocation(ArchiveKind Kind, string? Text)
{
    /// <exception cref="ArgumentException">The text means no archive.</exception>
    public static ArchiveLocation Parse(string? text) => text?.Trim() switch
    {
        null or "" => new(ArchiveKind.File, null),
        var word when string.Equals(word, "none", StringComparison.OrdinalIgnoreCase) => new(ArchiveKind.None, null),
        var word when string.Equals(word, "memory", StringComparison.OrdinalIgnoreCase) => new(ArchiveKind.Memory, null),
        var path => new(ArchiveKind.File, path),
    };

    public ValueTask<IArchive> OpenAsync(StrataOptions options, TimeProvider time, CancellationToken cancellationToken) => throw new NotSupportedException();
}

namespace Strata.Storage.Packing;

/// <summary>
/// Splits a session file into pieces whose borders depend on what stands around them and on nothing else, so that a file that grew, or
/// whose beginning was replaced, has most of its pieces in common with the file as it was.
/// </summary>
internal static class DocumentSplitter
{
    // One line in eight ends a piece: lines of a session file have a few KB.
    private const uint BorderMask = 7;

    // A line of a piece is at most this long; a file without line breaks is cut here.
    private const int MaxLine = 32 * 1024;

    private const int MaxPiece = 128 * 1024;

    /// <summary>Pieces in order; put one after the other they are the file.</summary>
    public static List<ReadOnlyMemory<byte>> Split(ReadOnlyMemory<byte> file)
    {
        var pieces = new List<ReadOnlyMemory<byte>>();
        var start = 0;
        for (var end = 0; end < file.Length;)
        {
            var rest = file.Span[end..];
            var line = rest[..Math.Min(MaxLine, rest.IndexOf((byte)'\n') is >= 0 and var at ? at + 1 : rest.Length)];
            end += line.Length;
            if ((Checksum.Of(line) & BorderMask) != 0 && end - start < MaxPiece && end < file.Length)
                continue;
            pieces.Add(file[start..end]);
            start = end;
        }

        return pieces;
    }
}

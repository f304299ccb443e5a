using Strata.Transcripts;

namespace Strata.Storage.Postgres.Tables;

/// <summary>Fingerprints as bytes.</summary>
internal static class Prints
{
    public static byte[] Bytes(Fingerprint print)
    {
        var bytes = new byte[Fingerprint.Size];
        print.Write(bytes);
        return bytes;
    }

    public static byte[][] Array(IEnumerable<Fingerprint> prints) => [.. prints.Select(Bytes)];

    /// <summary>One after the other.</summary>
    public static byte[] Join(IReadOnlyList<Fingerprint> prints)
    {
        var bytes = new byte[prints.Count * Fingerprint.Size];
        for (var i = 0; i < prints.Count; i++)
            prints[i].Write(bytes.AsSpan(i * Fingerprint.Size));
        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static List<Fingerprint> Split(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Fingerprint.Size != 0)
            throw new InvalidDataException($"A list of fingerprints has {bytes.Length} bytes, which is no multiple of {Fingerprint.Size}.");
        var prints = new List<Fingerprint>(bytes.Length / Fingerprint.Size);
        for (; bytes.Length > 0; bytes = bytes[Fingerprint.Size..])
            prints.Add(Fingerprint.Read(bytes));
        return prints;
    }
}

namespace Strata.Tokens.Bpe;

/// <summary>
/// An embedded resource, read in place: the runtime maps it with the assembly, so nothing is copied or decompressed at start.
/// </summary>
internal sealed unsafe class EmbeddedTable
{
    // The stream keeps the assembly, and so the mapped bytes, alive.
    private readonly UnmanagedMemoryStream _stream;

    public EmbeddedTable(string name)
    {
        _stream = (UnmanagedMemoryStream)(typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The assembly lacks the resource {name}."));
        Length = checked((int)_stream.Length);
        Pointer = _stream.PositionPointer;
    }

    public byte* Pointer { get; }

    public int Length { get; }

    public ReadOnlySpan<byte> Span => new(Pointer, Length);
}

namespace Strata.Formats.Jsonl;

/// <summary>Writes lines one after the other and puts a line end only where the lines around it did not bring their own.</summary>
internal sealed class LineWriter(Stream output, ReadOnlyMemory<byte> newLine)
{
    private bool _atLineStart = true;
    private (ReadOnlyMemory<byte> Raw, int Line) _last;

    /// <summary>
    /// Writes an entry of the file as it is; <paramref name="line"/> tells neighbours on one line of the file from strangers.
    /// </summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> raw, int line, CancellationToken cancellationToken)
    {
        if (!_atLineStart && _last.Line != line)
            await output.WriteAsync(newLine, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(raw, cancellationToken).ConfigureAwait(false);
        _atLineStart = raw.Span.EndsWith("\n"u8);
        _last = (raw, line);
    }

    public async ValueTask WriteNewAsync(ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (!_atLineStart)
            await output.WriteAsync(newLine, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(json, cancellationToken).ConfigureAwait(false);
        await output.WriteAsync(newLine, cancellationToken).ConfigureAwait(false);
        _atLineStart = true;
    }
}

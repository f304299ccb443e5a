namespace Strata.Gateway.Wire;

/// <summary>A stream that is read through once: first what was read ahead of it, then the rest; a reader sees all that passes.</summary>
internal sealed class ObservedStream(ReadOnlyMemory<byte> ahead, Stream rest, ReplyReader reader) : Stream
{
    private ReadOnlyMemory<byte> _ahead = ahead;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int count;
        if (_ahead.IsEmpty)
        {
            count = await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            count = Math.Min(_ahead.Length, buffer.Length);
            _ahead[..count].CopyTo(buffer);
            _ahead = _ahead[count..];
        }

        reader.Add(buffer.Span[..count]);
        if (count == 0)
            reader.Finish();
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            rest.Dispose();
        base.Dispose(disposing);
    }
}

using System.Buffers;

namespace Strata.Storage.Packing;

/// <summary>Writes numbers in as few bytes as they need: seven bits a byte, small negative ones short too.</summary>
internal sealed class NumberWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private long _last;

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public void Write(long value)
    {
        var rest = (ulong)((value << 1) ^ (value >> 63));
        Span<byte> span = _bytes.GetSpan(10);
        var length = 0;
        for (; rest >= 0x80; rest >>= 7)
            span[length++] = (byte)(rest | 0x80);
        span[length++] = (byte)rest;
        _bytes.Advance(length);
    }

    /// <summary>Writes the distance from the number that was last written so.</summary>
    public void WriteNear(long value)
    {
        Write(value - _last);
        _last = value;
    }

    /// <summary>Writes a list whose neighbours are often consecutive, as runs.</summary>
    public void WriteRuns(IReadOnlyList<int> values)
    {
        var runs = new List<(int First, int Count)>();
        foreach (var value in values)
        {
            if (runs.Count > 0 && runs[^1] is var (first, count) && first + count == value)
                runs[^1] = (first, count + 1);
            else
                runs.Add((value, 1));
        }

        Write(runs.Count);
        var next = 0;
        foreach (var (first, count) in runs)
        {
            Write(first - next);
            Write(count);
            next = first + count;
        }
    }
}

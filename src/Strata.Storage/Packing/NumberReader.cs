namespace Strata.Storage.Packing;

/// <summary>Reads what <see cref="NumberWriter"/> wrote.</summary>
/// <exception cref="InvalidDataException">The bytes end too early or hold what no writer writes.</exception>
internal ref struct NumberReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;
    private long _last;

    public long Read()
    {
        var value = 0UL;
        for (var (shift, i) = (0, 0); i < _rest.Length && shift < 64; shift += 7, i++)
        {
            value |= (ulong)(_rest[i] & 0x7f) << shift;
            if (_rest[i] >= 0x80)
                continue;
            _rest = _rest[(i + 1)..];
            return (long)(value >> 1) ^ -(long)(value & 1);
        }

        throw new InvalidDataException("A list of numbers is damaged: it ends within a number.");
    }

    public int ReadInt32() => Read() is >= int.MinValue and <= int.MaxValue and var value
        ? (int)value
        : throw new InvalidDataException("A list of numbers is damaged: a number is out of range.");

    /// <summary>A count of things that each take a byte at least.</summary>
    public int ReadCount() => ReadInt32() is >= 0 and var count && count <= _rest.Length
        ? count
        : throw new InvalidDataException("A list of numbers is damaged: it is longer than its bytes.");

    public long ReadNear() => _last += Read();

    public List<int> ReadRuns()
    {
        var values = new List<int>();
        var next = 0;
        for (var runs = ReadCount(); runs > 0; runs--)
        {
            next += ReadInt32();
            for (var count = ReadInt32(); count > 0; count--)
                values.Add(next++);
        }

        return values;
    }
}

using Strata.Archives;

namespace Strata.Storage.Packing;

/// <summary>
/// A receipt's lists of messages, before and after, as bytes. Messages are given by the ids that the store gave them: neighbours are mostly
/// consecutive.
/// </summary>
internal static class LayoutCodec
{
    public static byte[] Write(IReadOnlyList<long> before, IReadOnlyList<long> after, IReadOnlyList<ArchivedOutgoing> outgoing)
    {
        var numbers = new NumberWriter();
        numbers.Write(before.Count);
        foreach (var id in before)
            numbers.WriteNear(id);
        numbers.Write(after.Count);
        for (var i = 0; i < after.Count; i++)
        {
            numbers.WriteNear(after[i]);
            numbers.Write(outgoing[i].SourceIndex);
            numbers.Write(outgoing[i].HistoryIndex - outgoing[i].SourceIndex);
            numbers.WriteRuns(outgoing[i].Replaces);
        }

        return numbers.Written.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are damaged.</exception>
    public static Layout Read(ReadOnlySpan<byte> bytes)
    {
        var numbers = new NumberReader(bytes);
        var before = new List<long>();
        for (var count = numbers.ReadCount(); count > 0; count--)
            before.Add(numbers.ReadNear());
        var after = new List<LaidOut>();
        for (var count = numbers.ReadCount(); count > 0; count--)
        {
            var id = numbers.ReadNear();
            var source = numbers.ReadInt32();
            after.Add(new LaidOut(id, source, source + numbers.ReadInt32(), numbers.ReadRuns()));
        }

        return new Layout(before, after);
    }
}

/// <summary>The lists of a receipt, by ids.</summary>
internal sealed record Layout(IReadOnlyList<long> Before, IReadOnlyList<LaidOut> After);

/// <summary>An <see cref="ArchivedOutgoing"/> by id.</summary>
internal sealed record LaidOut(long Id, int SourceIndex, int HistoryIndex, IReadOnlyList<int> Replaces);

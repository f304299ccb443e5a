namespace Strata.Tokens.Bpe;

/// <summary>At most one counter a processor is kept; a thread tends to get the one that is warm on its processor.</summary>
internal sealed class PieceCounterPool(Func<PieceCounter> create)
{
    private readonly PieceCounter?[] _free = new PieceCounter?[Environment.ProcessorCount];

    public PieceCounter Rent()
    {
        int start = Thread.GetCurrentProcessorId() % _free.Length;
        for (int i = 0; i < _free.Length; i++)
        {
            if (Interlocked.Exchange(ref _free[(start + i) % _free.Length], null) is { } counter)
                return counter;
        }

        return create();
    }

    public void Return(PieceCounter counter)
    {
        int start = Thread.GetCurrentProcessorId() % _free.Length;
        for (int i = 0; i < _free.Length; i++)
        {
            if (Interlocked.CompareExchange(ref _free[(start + i) % _free.Length], counter, null) is null)
                return;
        }
    }
}

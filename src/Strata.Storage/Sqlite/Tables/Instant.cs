namespace Strata.Storage.Sqlite.Tables;

/// <summary>Times as the file keeps them: ticks of 100 ns since the year 1, UTC, so that what is read equals what was written.</summary>
internal static class Instant
{
    public static long Of(DateTimeOffset at) => at.UtcTicks;

    public static DateTimeOffset Of(long ticks) => ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks
        ? new DateTimeOffset(ticks, TimeSpan.Zero)
        : throw new InvalidDataException("a time is damaged");
}

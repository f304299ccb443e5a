namespace Strata.Storage.Postgres.Tables;

/// <summary>Instants as numbers, to the 100 ns that .NET knows.</summary>
internal static class Ticks
{
    public static DateTimeOffset Read(long ticks) => new(ticks, TimeSpan.Zero);

    public static long Of(DateTimeOffset at) => at.UtcTicks;
}

namespace Strata.Storage.Postgres.Connections;

/// <summary>What a transaction keeps other writers from.</summary>
/// <param name="Session">The session that only it writes to; null: none.</param>
/// <param name="Alone">Whether nobody else writes to the tenant's archive.</param>
internal readonly record struct WriteScope(string? Session, bool Alone)
{
    public static WriteScope Shared { get; } = new(null, Alone: false);

    public static WriteScope Maintenance { get; } = new(null, Alone: true);

    public static WriteScope Of(string session) => new(session, Alone: false);
}

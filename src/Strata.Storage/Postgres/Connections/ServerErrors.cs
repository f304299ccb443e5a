using System.Net.Sockets;
using Npgsql;
using Strata.Archives;

namespace Strata.Storage.Postgres.Connections;

/// <summary>What a failure of the server means, in words that name the place and the way out.</summary>
/// <param name="Server">Where it is, for people: <c>host:port/database</c>.</param>
/// <param name="Schema">The schema of the tables.</param>
internal sealed record ServerErrors(string Server, string Schema)
{
    public ArchiveException Describe(Exception error) => error switch
    {
        ArchiveException described => described,
        PostgresException refused => Refused(refused),
        NpgsqlException { InnerException: TimeoutException } or TimeoutException => New($"The PostgreSQL server {Server} did not answer in "
            + "time, or all connections of the pool are in use. Nothing was kept; try again.", ArchiveFault.Unreachable, error),
        NpgsqlException ssl when ssl.Message.Contains("SSL", StringComparison.Ordinal) => New($"The PostgreSQL server {Server} and this "
            + $"client do not agree on encryption: {ssl.Message} Set 'SSL Mode' in the connection string to what the server offers.",
            ArchiveFault.Unreachable, error),
        NpgsqlException or IOException or SocketException => New($"The PostgreSQL server {Server} cannot be reached, or the connection was "
            + $"lost: {Reason(error)}. See that it runs and accepts connections from here, then try again.", ArchiveFault.Unreachable,
            error),
        _ => New($"The PostgreSQL server {Server} failed: {error.Message}", ArchiveFault.Failed, error),
    };

    /// <summary>Whether the connection is gone, or the server rolled back for reasons of its own: the same call may succeed.</summary>
    public static bool IsPassing(Exception error) => error switch
    {
        // Division by zero is how a statement says that retention removed what it was to refer to: Originals.StillHeld.
        PostgresException refused =>
            refused.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
                or PostgresErrorCodes.DivisionByZero || IsShutdown(refused) || refused.SqlState.StartsWith("08", StringComparison.Ordinal),
        NpgsqlException { InnerException: TimeoutException } => false,
        NpgsqlException { InnerException: IOException or SocketException } or IOException or SocketException => true,
        NpgsqlException lost => lost.IsTransient,
        _ => false,
    };

    private ArchiveException Refused(PostgresException error) => error.SqlState switch
    {
        PostgresErrorCodes.InvalidPassword =>
            New($"The PostgreSQL server {Server} refused user or password. Correct 'Username' and 'Password' of the connection string.",
                ArchiveFault.Denied, error),
        PostgresErrorCodes.InvalidAuthorizationSpecification when error.MessageText.Contains("no encryption", StringComparison.Ordinal) =>
            New($"The PostgreSQL server {Server} refused the connection without encryption: {error.MessageText}. Set 'SSL Mode=Require' in "
                + "the connection string.", ArchiveFault.Denied, error),
        PostgresErrorCodes.InvalidAuthorizationSpecification =>
            New($"The PostgreSQL server {Server} refused the connection: {error.MessageText}. See its pg_hba.conf and the role's rights.",
                ArchiveFault.Denied, error),
        PostgresErrorCodes.InvalidCatalogName => New($"The PostgreSQL server of {Server} has no such database. Create it (createdb), or "
            + "correct 'Database' of the connection string.", ArchiveFault.Unreachable, error),
        PostgresErrorCodes.InsufficientPrivilege => New($"The role lacks rights on {Server}: {error.MessageText}. Let its owner open the "
            + $"archive once, then GRANT USAGE ON SCHEMA \"{Schema}\", SELECT, INSERT, UPDATE, DELETE ON ALL TABLES and USAGE ON ALL "
            + "SEQUENCES in it.", ArchiveFault.Denied, error),
        PostgresErrorCodes.ReadOnlySqlTransaction => New($"The PostgreSQL server {Server} takes no writes: it is a standby, or the role's "
            + "transactions are read-only. Connect to the primary.", ArchiveFault.ReadOnly, error),
        PostgresErrorCodes.DiskFull =>
            New($"The disk of the PostgreSQL server {Server} is full: {error.MessageText}. Make room; nothing of this call was kept.",
                ArchiveFault.Full, error),
        PostgresErrorCodes.LockNotAvailable =>
            New($"Another writer held what was needed on {Server} for longer than the wait allows. Try again, or raise LockWait.",
                ArchiveFault.Busy, error),
        PostgresErrorCodes.TooManyConnections =>
            New($"The PostgreSQL server {Server} has no connection left. Close some, or lower 'Maximum Pool Size' of its clients.",
                ArchiveFault.Busy, error),
        PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected =>
            New($"Writers on {Server} stood in each other's way again and again. Try again.", ArchiveFault.Busy, error),
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => New($"The schema \"{Schema}\" on {Server} is no "
            + $"archive, or damaged: {error.MessageText}. Restore it from a backup, or name another schema.", ArchiveFault.NotAnArchive,
            error),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted =>
            New($"The PostgreSQL server {Server} found damaged data: {error.MessageText}. Restore it from a backup.",
                ArchiveFault.NotAnArchive, error),
        _ when IsShutdown(error) || error.SqlState.StartsWith("08", StringComparison.Ordinal) =>
            New($"The PostgreSQL server {Server} ended the connection: {error.MessageText}. Try again when it is up.",
                ArchiveFault.Unreachable, error),
        _ => New($"The PostgreSQL server {Server} failed: {error.MessageText} ({error.SqlState}).", ArchiveFault.Failed, error),
    };

    /// <summary>Whether the server is well and only this transaction failed.</summary>
    public static bool IsConflict(Exception error) =>
        error is PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            or PostgresErrorCodes.DivisionByZero };

    private static bool IsShutdown(PostgresException error) =>
        error.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow
            or "25P03" or "57P05";

    private static string Reason(Exception error) => (error.InnerException ?? error).Message.TrimEnd('.');

    private static ArchiveException New(string message, ArchiveFault fault, Exception error) => new(message, fault, error);
}

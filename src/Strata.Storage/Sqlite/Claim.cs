using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Tables;

namespace Strata.Storage.Sqlite;

/// <summary>
/// The right to write one summary node, over all processes on the file. It is lent for a while and prolonged as long as its holder lives:
/// one that was killed keeps others waiting no longer than that.
/// </summary>
internal sealed class Claim : IAsyncDisposable
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly long _tenant;
    private readonly string _key;
    private readonly string _owner = Guid.NewGuid().ToString("N");
    private ITimer? _renewal;

    private Claim(Database database, TimeProvider time, long tenant, string key) =>
        (_database, _time, _tenant, _key) = (database, time, tenant, key);

    public static async ValueTask<Claim> TakeAsync(
        Database database, TimeProvider time, long tenant, string key, CancellationToken cancellationToken)
    {
        var claim = new Claim(database, time, tenant, key);
        // Real time: what is waited for is another process, which asks a model and takes seconds.
        for (var wait = 10; !await claim.TryTakeAsync(cancellationToken).ConfigureAwait(false); wait = Math.Min(wait * 2, 200))
            await Task.Delay(TimeSpan.FromMilliseconds(wait), TimeProvider.System, cancellationToken).ConfigureAwait(false);
        claim._renewal = time.CreateTimer(static claim => _ = ((Claim)claim!).RenewAsync(), claim, Lease / 3, Lease / 3);
        return claim;
    }

    public async ValueTask DisposeAsync()
    {
        if (_renewal is not null)
            await _renewal.DisposeAsync().ConfigureAwait(false);
        await _database.WriteAsync(
            db =>
            {
                using var release = db.Use("DELETE FROM claims WHERE tenant = ?1 AND name = ?2 AND owner = ?3");
                release.Bind(1, _tenant).Bind(2, _key).Bind(3, _owner).Run();
                return true;
            },
            CancellationToken.None).ConfigureAwait(false);
    }

    private async ValueTask<bool> TryTakeAsync(CancellationToken cancellationToken)
    {
        var now = Instant.Of(_time.GetUtcNow());
        var isTaken = await _database.ReadAsync(
            db =>
            {
                using var find = db.Use("SELECT 1 FROM claims WHERE tenant = ?1 AND name = ?2 AND until > ?3");
                return find.Bind(1, _tenant).Bind(2, _key).Bind(3, now).Step();
            },
            cancellationToken).ConfigureAwait(false);
        return !isTaken && await _database.WriteAsync(
            db =>
            {
                using var take = db.Use("""
                    INSERT INTO claims (tenant, name, owner, until) VALUES (?1, ?2, ?3, ?4)
                    ON CONFLICT (tenant, name) DO UPDATE SET owner = excluded.owner, until = excluded.until WHERE until <= ?5
                    """);
                take.Bind(1, _tenant).Bind(2, _key).Bind(3, _owner).Bind(4, now + Lease.Ticks).Bind(5, now).Run();
                return db.Changes == 1;
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task RenewAsync()
    {
        try
        {
            await _database.WriteAsync(
                db =>
                {
                    using var renew = db.Use("UPDATE claims SET until = ?4 WHERE tenant = ?1 AND name = ?2 AND owner = ?3");
                    renew.Bind(1, _tenant).Bind(2, _key).Bind(3, _owner).Bind(4, Instant.Of(_time.GetUtcNow()) + Lease.Ticks).Run();
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is Strata.Archives.ArchiveException or ObjectDisposedException)
        {
            // The next renewal comes before the lease ends; without any the node is at worst paid for twice.
            System.Diagnostics.Trace.TraceWarning("A claim was not renewed: {0}", e.Message);
        }
    }
}

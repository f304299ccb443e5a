using Strata.Archives;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Schema;
using Strata.Storage.Sqlite.Tables;

namespace Strata.Storage.Sqlite.Maintenance;

/// <summary>Removes the longest unused sessions by age and size.</summary>
internal sealed class Retention(Database database, long tenant, RetentionPolicy policy, DateTimeOffset now)
{
    // Others wait while a batch is removed.
    private const int BatchCount = 32;

    private readonly List<string> _sessions = [];
    private long _originals;
    private long _bytes;

    public async ValueTask<RetentionResult> RunAsync(CancellationToken cancellationToken)
    {
        if (policy.DryRun)
            await TryAsync(cancellationToken).ConfigureAwait(false);
        else
        {
            while (await database.WriteAsync(db => RemoveBatch(db, isTrial: false), cancellationToken).ConfigureAwait(false))
            {
            }

            if (_sessions.Count > 0)
            {
                await database.WriteAsync(MergeIndex, cancellationToken).ConfigureAwait(false);
                await database.ServeAsync(Shrink, cancellationToken).ConfigureAwait(false);
            }
        }

        return new RetentionResult(_sessions, _originals, _bytes);
    }

    // The same work, taken back: what it says is what would happen.
    private async ValueTask TryAsync(CancellationToken cancellationToken)
    {
        try
        {
            await database.WriteAsync<bool>(
                db =>
                {
                    while (RemoveBatch(db, isTrial: true))
                    {
                    }

                    throw new TrialEndedException();
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch (TrialEndedException)
        {
            // Nothing was kept.
        }
    }

    private bool RemoveBatch(Connection db, bool isTrial)
    {
        var before = UsedBytes(db);
        var remover = new SessionRemover(db, tenant);
        var batch = Next(db, before);
        foreach (var (session, name) in batch)
        {
            remover.Remove(session, keepIndex: isTrial);
            _sessions.Add(name);
        }

        if (batch.Count > 0)
            remover.Sweep();
        _originals += remover.Removed;
        _bytes += before - UsedBytes(db);
        return batch.Count > 0;
    }

    // By size, one at a time near the end: what a session takes is known only once it is gone.
    private List<(long Id, string Name)> Next(Connection db, long used)
    {
        var oldest = new List<(long, string)>();
        var excess = policy.MaxBytes is { } most ? used - most : 0;
        using var find = db.Use("""
            SELECT id, session, updated_at,
                (SELECT total(length) FROM spans JOIN originals ON originals.id BETWEEN first AND last WHERE spans.session = sessions.id)
            FROM sessions WHERE tenant = ?1 ORDER BY changed LIMIT ?2
            """);
        for (find.Bind(1, tenant).Bind(2, (long)BatchCount); find.Step();)
        {
            var isOld = policy.MaxAge is { } age && now - Instant.Of(find.Int64(2)) > age;
            if (!isOld && excess <= 0)
                break;
            oldest.Add((find.Int64(0), find.Text(1)));
            excess -= find.Int64(3);
        }

        return oldest;
    }

    // What the index was told to forget takes room until its parts are merged.
    private bool MergeIndex(Connection db)
    {
        var before = UsedBytes(db);
        db.Execute($"INSERT INTO {TermTable.NameOf(tenant)} ({TermTable.NameOf(tenant)}) VALUES ('optimize')");
        _bytes += before - UsedBytes(db);
        return true;
    }

    private static long UsedBytes(Connection db) =>
        (db.Number("PRAGMA page_count") - db.Number("PRAGMA freelist_count")) * db.Number("PRAGMA page_size");

    // The freed pages stand at the end of the file only after this, and the file is cut only when the log is written back.
    private static bool Shrink(Connection db)
    {
        db.Execute("PRAGMA incremental_vacuum");
        db.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return true;
    }

    private sealed class TrialEndedException : Exception;
}

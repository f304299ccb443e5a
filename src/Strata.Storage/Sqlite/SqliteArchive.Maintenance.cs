using Strata.Archives;
using Strata.Storage.Sqlite.Schema;

namespace Strata.Storage.Sqlite;

public sealed partial class SqliteArchive
{
    public ValueTask<ArchiveTotals> GetTotalsAsync(CancellationToken cancellationToken = default) => ReadAsync(
        db =>
        {
            using var find = db.Use("""
                SELECT (SELECT count(*) FROM sessions WHERE tenant = ?1), (SELECT count(*) FROM receipts WHERE tenant = ?1), count(*),
                    (SELECT count(*) FROM nodes WHERE tenant = ?1), total(length)
                FROM originals WHERE tenant = ?1
                """);
            find.Bind(1, _tenant).Step();
            return new ArchiveTotals(
                find.Int64(0), find.Int64(1), find.Int64(2), find.Int64(3), find.Int64(4), StoredBytes(), SchemaVersions.Newest);
        },
        cancellationToken);

    public ValueTask<IReadOnlyList<ArchiveFinding>> CheckAsync(bool repair = false, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<RetentionResult> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    private long StoredBytes() => new[] { Path, Path + "-wal" }.Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length);
}

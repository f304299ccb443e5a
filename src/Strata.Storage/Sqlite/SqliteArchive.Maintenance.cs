using Strata.Archives;
using Strata.Storage.Sqlite.Maintenance;
using Strata.Storage.Sqlite.Schema;

namespace Strata.Storage.Sqlite;

public sealed partial class SqliteArchive
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherWrite
            | UnixFileMode.OtherExecute;

    // Fewer than these the next search indexes unnoticed.
    private const long NoteworthyLag = 5_000;

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

    public async ValueTask<IReadOnlyList<ArchiveFinding>> CheckAsync(bool repair = false, CancellationToken cancellationToken = default)
    {
        var findings = await _database.ReadAnewAsync(db => new Doctor(db, _tenant, cancellationToken).Examine(), cancellationToken)
            .ConfigureAwait(false);
        // On damaged pages nobody can tell what is still referred to.
        if (repair && findings.Exists(finding => finding.Severity == FindingSeverity.Notice)
            && !findings.Exists(finding => finding.Place == Doctor.WholeFile))
        {
            await _database.WriteAsync(db => Mending.Sweep(db, _tenant), cancellationToken).ConfigureAwait(false);
            findings =
                findings.ConvertAll(finding => finding.Severity == FindingSeverity.Notice ? finding with { Repaired = true } : finding);
        }

        try
        {
            if (!IsReadOnly)
                await CheckIndexAsync(findings, repair, cancellationToken).ConfigureAwait(false);
        }
        catch (ArchiveException e) when (e.Fault == ArchiveFault.NotAnArchive)
        {
            findings.Add(Doctor.Unreadable("full-text index"));
        }

        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & Others) != UnixFileMode.None)
        {
            if (repair)
                File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) & ~Others);
            findings.Add(new ArchiveFinding(
                FindingSeverity.Notice, Path, "Other users may read or write it. `strata doctor --repair` takes that away.", repair));
        }

        return findings;
    }

    public ValueTask<RetentionResult> PruneAsync(RetentionPolicy policy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return new Retention(_database, _tenant, policy, _options.TimeProvider.GetUtcNow()).RunAsync(cancellationToken);
    }

    private async ValueTask CheckIndexAsync(List<ArchiveFinding> findings, bool repair, CancellationToken cancellationToken)
    {
        var lag = await ReadAsync(
            db => db.Number("SELECT max(id) FROM originals") - db.Number($"SELECT indexed FROM tenants WHERE id = {_tenant}"),
            cancellationToken).ConfigureAwait(false);
        var isSound = await _database.ServeAsync(db => Mending.IsIndexSound(db, _tenant), cancellationToken).ConfigureAwait(false);
        if (!isSound)
        {
            if (repair)
                await _database.WriteAsync(db => Mending.EmptyIndex(db, _tenant), cancellationToken).ConfigureAwait(false);
            findings.Add(new ArchiveFinding(FindingSeverity.Notice, "full-text index",
                "It is damaged: searches may miss originals. `strata doctor --repair` makes it anew.", repair));
        }

        if (repair && (lag > 0 || !isSound))
            await _indexer.CatchUpAsync(int.MaxValue, cancellationToken).ConfigureAwait(false);
        if (isSound && lag > NoteworthyLag)
            findings.Add(new ArchiveFinding(FindingSeverity.Notice, "full-text index",
                FormattableString.Invariant($"{lag} originals are not indexed yet. The next search does it, or `strata doctor --repair`."),
                repair));
    }

    private long StoredBytes() =>
        new[] { Path, Path + "-wal" }.Select(path => new FileInfo(path)).Where(file => file.Exists).Sum(file => file.Length);
}

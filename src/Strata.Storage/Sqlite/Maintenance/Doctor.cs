using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Storage.Sqlite.Staging;
using Strata.Storage.Sqlite.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Maintenance;

/// <summary>Reads everything that one tenant keeps and says what is wrong. Reads only.</summary>
internal sealed class Doctor(Connection db, long tenant, CancellationToken cancellationToken)
{
    // One damaged page can make thousands of findings that say the same.
    private const int MostOfAKind = 100;

    /// <summary>The place of what SQLite itself finds.</summary>
    public const string WholeFile = "the file";

    private readonly List<ArchiveFinding> _findings = [];
    private readonly HashSet<long> _originals = [];
    private readonly HashSet<long> _pieces = [];

    public List<ArchiveFinding> Examine()
    {
        Try(WholeFile, Integrity);
        Try("originals", () => Texts("originals", "original", _originals));
        Try("session files", () => Texts("pieces", "piece of a session file", _pieces));
        Try("receipts", Receipts);
        Try("logs", Logs);
        Try("what refers to what", Holders);
        return _findings;
    }

    // Pages that cannot be read end one check, and the others still say what they can.
    private void Try(string place, Action check)
    {
        try
        {
            check();
        }
        catch (ArchiveException e) when (e.Fault == ArchiveFault.NotAnArchive)
        {
            _findings.Add(Unreadable(place));
        }
    }

    /// <summary>What SQLite refuses to read.</summary>
    public static ArchiveFinding Unreadable(string place) => new(
        FindingSeverity.Lost, place,
        "Some of it stands on damaged pages, and was not checked to the end. Copy what can be read with `strata export` into a new "
            + "archive, or restore the file from a backup.");

    // What SQLite says of a full-text index is left out: nothing is lost there, and the check of the index says how it is made anew.
    private void Integrity()
    {
        using var check = db.Use("PRAGMA integrity_check(20)");
        while (check.Step())
        {
            if (check.Text(0) is var answer and not "ok" && !answer.Contains("fts5", StringComparison.OrdinalIgnoreCase))
                Lost(WholeFile, $"SQLite reports: {answer}. Copy what can be read with `strata export` into a new archive.");
        }
    }

    // Every checksum, block by block.
    private void Texts(string table, string what, HashSet<long> found)
    {
        using var find =
            db.Use($"SELECT id, block, start, length, checksum, fingerprint FROM {table} WHERE tenant = ?1 ORDER BY block, start");
        using var whole = db.Use("SELECT length FROM blocks WHERE id = ?1");
        var (block, text) = (0L, Array.Empty<byte>());
        for (find.Bind(1, tenant); find.Step();)
        {
            cancellationToken.ThrowIfCancellationRequested();
            found.Add(find.Int64(0));
            if (find.Int64(1) != block)
            {
                block = find.Int64(1);
                text = ReadBlock(whole, block);
            }

            var (start, length) = (find.Int64(2), find.Int64(3));
            if (start < 0 || length < 0 || start + length > text.Length
                || Checksum.Of(text.AsSpan((int)start, (int)length)) != (uint)find.Int64(4))
                Lost($"{what} {NameOf(find.Bytes(5))}, block {block}",
                    $"This {what} cannot be read, or is not what was kept. Restore the file from a backup to have it again.");
        }
    }

    private byte[] ReadBlock(Statement whole, long block)
    {
        try
        {
            whole.Reset();
            return whole.Bind(1, block).Step() ? new Blocks(db, tenant).Read(block, whole.Int32(0)) : [];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private void Receipts()
    {
        using var find = db.Use("""
            SELECT receipt, body, layout, document, documents.pieces, sessions.id
            FROM receipts LEFT JOIN documents ON documents.id = receipts.document LEFT JOIN sessions ON sessions.id = receipts.session
                WHERE receipts.tenant = ?1
            """);
        for (find.Bind(1, tenant); find.Step();)
        {
            var place = $"receipt {find.Text(0)}";
            try
            {
                RecordJson.Read<CompactionReceipt>(find.Bytes(1).ToArray());
                var layout = LayoutCodec.Read(find.Bytes(2));
                if (layout.Before.Concat(layout.After.Select(one => one.Id)).Count(id => !_originals.Contains(id)) is > 0 and var missing)
                    Lost(place, $"{missing} originals that it lists are missing.");
                if (!find.IsNull(3) && (find.IsNull(4) || !Documents.PiecesOf(find.Bytes(4)).TrueForAll(_pieces.Contains)))
                    Lost(place, "Its session file, or a piece of it, is missing.");
            }
            catch (InvalidDataException e)
            {
                Lost(place, $"It cannot be read: {e.Message}.");
            }

            if (find.IsNull(5))
                Lost(place, "Its session is missing.");
        }
    }

    private void Logs()
    {
        using var find = db.Use("""
            SELECT session, log_count, (SELECT count(*) FROM log WHERE log.session = sessions.id),
                (SELECT ifnull(max(position), -1) FROM log WHERE log.session = sessions.id),
                (SELECT count(*) FROM log WHERE log.session = sessions.id AND original NOT IN (SELECT id FROM originals)) FROM sessions
                    WHERE tenant = ?1
            """);
        for (find.Bind(1, tenant); find.Step();)
        {
            if (find.Int64(1) != find.Int64(2) || find.Int64(3) != find.Int64(1) - 1)
                Lost($"log of session {find.Text(0)}", $"It has {find.Int64(2)} of {find.Int64(1)} messages.");
            if (find.Int64(4) > 0)
                Lost($"log of session {find.Text(0)}", $"{find.Int64(4)} originals that it lists are missing.");
        }
    }

    private void Holders()
    {
        Notice("SELECT count(*) FROM handles WHERE receipt NOT IN (SELECT id FROM receipts)", "handles", "lead to receipts that are gone");
        Notice($"SELECT count(*) FROM blocks WHERE tenant = {tenant} AND id NOT IN (SELECT block FROM originals UNION SELECT block FROM "
            + "pieces)", "blocks", "hold nothing and only take room");
        Notice("SELECT count(*) FROM shared WHERE original NOT IN (SELECT id FROM originals) OR session NOT IN (SELECT id FROM sessions)",
            "shared originals", "are listed for sessions or originals that are gone");
        using var owners = db.Use("SELECT count(*) FROM originals WHERE tenant = ?1 AND session NOT IN (SELECT id FROM sessions)");
        if (owners.Bind(1, tenant).Step() && owners.Int64(0) > 0)
            Lost("originals",
                $"{owners.Int64(0)} belong to sessions that are missing; they can be recalled, and no retention removes them.");
    }

    private void Notice(string sql, string place, string what)
    {
        if (db.Number(sql) is > 0 and var count)
            _findings.Add(new ArchiveFinding(
                FindingSeverity.Notice, place, FormattableString.Invariant($"{count} {what}. `strata doctor --repair` removes them.")));
    }

    private void Lost(string place, string message)
    {
        if (_findings.Count(finding => finding.Severity == FindingSeverity.Lost) < MostOfAKind)
            _findings.Add(new ArchiveFinding(FindingSeverity.Lost, place, message));
    }

    private static string NameOf(ReadOnlySpan<byte> fingerprint) =>
        fingerprint.Length == Fingerprint.Size ? Handle.Of(Fingerprint.Read(fingerprint)).ToString() : "of unknown name";
}

using Strata.Archives;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Transcripts;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>The receipts of one tenant.</summary>
internal sealed class Receipts(Connection db, long tenant)
{
    private const string Columns = """
        SELECT body, layout, sessions.session, history, history_count, undone_at, secrets, documents.format
        FROM receipts JOIN sessions ON sessions.id = receipts.session LEFT JOIN documents ON documents.id = receipts.document
        """;

    public bool Has(string id)
    {
        using var find = db.Use("SELECT 1 FROM receipts WHERE tenant = ?1 AND receipt = ?2");
        return find.Bind(1, tenant).Bind(2, id).Step();
    }

    public void Insert(ArchivedCompaction compaction, long session, byte[] layout, int secrets, long? document)
    {
        var receipt = compaction.Receipt;
        using (var insert = db.Use("""
            INSERT INTO receipts (tenant, receipt, session, at, source, result, history, history_count, freed, secrets, document, layout,
                body)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
            """))
        {
            insert.Bind(1, tenant).Bind(2, receipt.Id).Bind(3, session).Bind(4, Instant.Of(receipt.At)).Bind(5, receipt.Source)
                .Bind(6, receipt.Result)
                .Bind(7, compaction.History).Bind(8, (long)compaction.HistoryCount)
                .Bind(9, (long)receipt.TokensBefore - receipt.TokensAfter).Bind(10, (long)secrets)
                .Bind(11, document).Bind(12, layout).Bind(13, RecordJson.Write(receipt)).Run();
        }

        new Handles(db, tenant).Insert(db.LastId, compaction.Handles);
    }

    public ArchivedReceipt? Find(string id)
    {
        using var find = db.Use(Columns + " WHERE receipts.tenant = ?1 AND receipt = ?2");
        return find.Bind(1, tenant).Bind(2, id).Step() ? Row(find) : null;
    }

    public ArchivedReceipt? Find(ReceiptKey key, IReadOnlyList<Fingerprint> keys)
    {
        var column = key switch
        {
            ReceiptKey.Source => "source",
            ReceiptKey.Result => "result",
            ReceiptKey.History => "history",
            _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Unknown key."),
        };
        using var find = db.Use(
            $"{Columns} WHERE receipts.tenant = ?1 AND receipts.{column} = ?2 AND undone_at IS NULL ORDER BY receipts.id DESC LIMIT 1");
        for (var i = keys.Count - 1; i >= 0; i--)
        {
            if (find.Bind(1, tenant).Bind(2, keys[i]).Step())
                return Row(find);
            find.Reset();
        }

        return null;
    }

    public IReadOnlyList<ArchivedReceipt> List(string? session, int limit)
    {
        var receipts = new List<ArchivedReceipt>();
        using var find = db.Use(Columns
            + (session is null ? " WHERE receipts.tenant = ?1" : " WHERE sessions.tenant = ?1 AND sessions.session = ?3")
            + " ORDER BY receipts.id DESC LIMIT ?2");
        find.Bind(1, tenant).Bind(2, (long)Math.Max(0, limit));
        if (session is not null)
            find.Bind(3, session);
        while (find.Step())
            receipts.Add(Row(find));
        return receipts;
    }

    public void MarkUndone(IReadOnlyList<string> ids, DateTimeOffset at)
    {
        using var mark = db.Use("UPDATE receipts SET undone_at = ?3 WHERE tenant = ?1 AND receipt = ?2 AND undone_at IS NULL");
        foreach (var id in ids)
            mark.Bind(1, tenant).Bind(2, id).Bind(3, Instant.Of(at)).Run();
    }

    private ArchivedReceipt Row(Statement row)
    {
        var receipt = RecordJson.Read<CompactionReceipt>(row.Bytes(0).ToArray());
        var layout = LayoutCodec.Read(row.Bytes(1));
        var originals = new Originals(db, tenant);
        var after = originals.Names([.. layout.After.Select(one => one.Id)]);
        return new ArchivedReceipt
        {
            Receipt = receipt,
            SessionId = row.Text(2),
            Before = originals.Names(layout.Before),
            After =
                [.. layout.After.Select((one, i) => new ArchivedOutgoing(after[i], null, one.SourceIndex, one.HistoryIndex, one.Replaces))],
            History = row.Fingerprint(3),
            HistoryCount = row.Int32(4),
            UndoneAt = row.IsNull(5) ? null : Instant.Of(row.Int64(5)),
            SecretsRedacted = row.Int32(6),
            DocumentFormat = row.TextOrNull(7),
        };
    }
}

using System.Buffers;
using Strata.Archives;
using Strata.Secrets;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Staging;

/// <summary>Session files in pieces: a file that was compacted before has most of them in common with itself.</summary>
internal sealed class Documents(Database database, bool redactSecrets)
{
    private const string Add = "INSERT INTO document (tenant, receipt, format, name, pieces) VALUES ($1, $2, $3, $4, $5)";
    private const string Find = "SELECT format, name, pieces FROM document WHERE tenant = $1 AND receipt = $2";
    private const string FindPieces = "SELECT print, length, bytes FROM piece WHERE tenant = $1 AND print = ANY($2)";
    private const string AreHeld = "SELECT 1 / (count(*) = $3)::int FROM piece WHERE tenant = $1 AND print = ANY($2)";
    private const string FindHeld = "SELECT print FROM piece WHERE tenant = $1 AND print = ANY($2)";

    private const string AddPieces = """
        INSERT INTO piece (tenant, print, length, bytes)
        SELECT $1, p.print, p.length, p.bytes FROM unnest($2::bytea[], $3::int[], $4::bytea[]) AS p(print, length, bytes) ORDER BY p.print
        ON CONFLICT (tenant, print) DO NOTHING
        """;

    /// <summary>Redacts and splits a file, and compresses what the archive does not hold.</summary>
    public async Task<StagedDocument?> StageAsync(ArchivedDocument? document, CancellationToken cancellationToken)
    {
        if (document is null)
            return null;
        var secrets = 0;
        var bytes = redactSecrets ? DocumentRedactor.Redact(document.Bytes, out secrets) : document.Bytes;
        var pieces = DocumentSplitter.Split(bytes).ConvertAll(piece => (Print: Fingerprint.Of(piece.Span), Bytes: piece));
        var held = await database.ReadAsync(
            new Statement(FindHeld, database.Tenant, Prints.Array(pieces.Select(piece => piece.Print).Distinct())), Stager.ReadPrints,
            cancellationToken).ConfigureAwait(false);
        var missing = pieces.Where(piece => !held.Contains(piece.Print)).DistinctBy(piece => piece.Print).Select(Pack).ToList();
        return new StagedDocument(document.Format, document.Name, pieces.ConvertAll(piece => piece.Print), held, missing, secrets);
    }

    /// <summary>What ends the transaction where retention removed pieces since the file was staged.</summary>
    public IEnumerable<Statement> StillHeld(StagedDocument? document) => document is { Held.Count: > 0 }
        ? [new(AreHeld, database.Tenant, Prints.Array(document.Held), (long)document.Held.Count)]
        : [];

    /// <summary>What writes a file.</summary>
    public IEnumerable<Statement> Store(StagedDocument? document, string receipt)
    {
        if (document is null)
            yield break;
        var pieces = document.Missing;
        if (pieces.Count > 0)
        {
            yield return new(
                AddPieces, database.Tenant, Prints.Array(pieces.Select(piece => piece.Print)),
                pieces.Select(piece => piece.Length).ToArray(), pieces.Select(piece => piece.Bytes).ToArray());
        }

        yield return new(Add, database.Tenant, PgText.Escape(receipt), PgText.Escape(document.Format), PgText.EscapeOrNull(document.Name),
            Prints.Join(document.Pieces));
    }

    public async Task<ArchivedDocument?> ReadAsync(string receipt, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync<(string Format, string? Name, List<Fingerprint> Pieces)?>(
            new Statement(Find, database.Tenant, PgText.Escape(receipt)),
            static async (reader, cancellationToken) => await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
                ? (PgText.Unescape(reader.GetString(0)), reader.IsDBNull(1) ? null : PgText.Unescape(reader.GetString(1)),
                    Prints.Split(reader.GetFieldValue<byte[]>(2)))
                : null,
            cancellationToken).ConfigureAwait(false);
        if (found is not { } document)
            return null;
        var pieces = await database.ReadAsync(new Statement(FindPieces, database.Tenant, Prints.Array(document.Pieces.Distinct())),
            ReadPieces, cancellationToken).ConfigureAwait(false);
        var bytes = new ArrayBufferWriter<byte>();
        foreach (var print in document.Pieces)
        {
            if (!pieces.TryGetValue(print, out var piece) || Fingerprint.Of(piece) != print)
                throw new ArchiveException($"The session file of the receipt {receipt} lacks a piece. Restore it from a backup of the "
                    + "server; doctor lists all that is damaged.", ArchiveFault.NotAnArchive);
            bytes.Write(piece);
        }

        return new ArchivedDocument(document.Format, document.Name, bytes.WrittenMemory);
    }

    private static async Task<Dictionary<Fingerprint, byte[]>> ReadPieces(
        Npgsql.NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var pieces = new Dictionary<Fingerprint, byte[]>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            pieces[Fingerprint.Read(reader.GetFieldValue<byte[]>(0))] =
                BlockPacker.Read(reader.GetFieldValue<byte[]>(2), reader.GetInt32(1));
        return pieces;
    }

    private static (Fingerprint Print, int Length, byte[] Bytes) Pack((Fingerprint Print, ReadOnlyMemory<byte> Bytes) piece)
    {
        var block = BlockPacker.Pack([piece.Bytes]).Blocks[0];
        return (piece.Print, block.Length, block.Bytes);
    }
}

/// <summary>A session file that is ready to be written.</summary>
internal sealed record StagedDocument(
    string Format, string? Name, List<Fingerprint> Pieces, HashSet<Fingerprint> Held,
    List<(Fingerprint Print, int Length, byte[] Bytes)> Missing, int Secrets);

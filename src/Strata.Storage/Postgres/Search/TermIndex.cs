using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Tables;

namespace Strata.Storage.Postgres.Search;

/// <summary>
/// Brings the index up to what was kept. A commit does not wait for it; a search does. A block waits in <c>pending</c> until its codes are
/// written, in the same transaction, so that of several replicas one does it.
/// </summary>
internal sealed class TermIndex(Database database)
{
    // Some 2 MB of text: a third of a second.
    private const int Batch = 8;

    public const string FindPending = $"""
        SELECT {StoredBlock.Columns} FROM pending AS p JOIN block AS b ON b.tenant = p.tenant AND b.block = p.block
        WHERE p.tenant = $1 AND b.tenant = $1 ORDER BY p.block LIMIT $2
        """;

    private const string Add = """
        WITH taken AS (DELETE FROM pending WHERE tenant = $1 AND block = ANY($2) RETURNING tenant, block)
        INSERT INTO term (tenant, part, first, codes)
        SELECT t.tenant, $4, t.block, c.codes FROM taken AS t JOIN unnest($2::bigint[], $3::bytea[]) AS c(block, codes) ON c.block = t.block
        """;

    private const string CountSingle = "SELECT count(*) FROM term WHERE tenant = $1 AND part = $2";
    private const string TakeSingle =
        "SELECT part, codes FROM term WHERE tenant = $1 AND part = $2 ORDER BY first LIMIT $3 FOR UPDATE SKIP LOCKED";
    private const string DropSingle = "DELETE FROM term WHERE tenant = $1 AND part = $2 AND first = ANY($3)";
    private const string AddParts = "INSERT INTO term (tenant, part, first, codes) SELECT $1, c.part, $2, c.codes FROM unnest($3::int[], "
        + "$4::bytea[]) AS c(part, codes)";

    // The first part of a run names all its blocks, as every other one does.
    private const string ListRuns = "SELECT first, part, codes FROM term WHERE tenant = $1 AND part <= 0";
    private const string DropRuns = "DELETE FROM term WHERE tenant = $1 AND first = ANY($2)";
    private const string DropPending = "DELETE FROM pending WHERE tenant = $1 AND block = ANY($2)";
    private const string AddPending = "INSERT INTO pending (tenant, block) SELECT $1, b.block FROM unnest($2::bigint[]) AS b(block) ON "
        + "CONFLICT (tenant, block) DO NOTHING";

    private readonly TermHash _hash = new(database.Tenant);

    public TermHash Hash => _hash;

    /// <param name="most">Blocks after which it stops.</param>
    /// <param name="cancellationToken">Ends it between two batches.</param>
    public async ValueTask CatchUpAsync(int most, CancellationToken cancellationToken)
    {
        var done = 0;
        while (done < most)
        {
            var pending = await database.ReadAsync(new Statement(FindPending, database.Tenant, Batch), ReadPending, cancellationToken)
                .ConfigureAwait(false);
            if (pending.Count == 0)
                break;
            var codes = pending.ConvertAll(block => TermRun.Write(TermRun.Whole, [(block.Number, CodesOf(block.Block))])).ToArray();
            await WriteAsync([new(Add, database.Tenant, pending.Select(block => block.Number).ToArray(), codes, TermRun.Whole)],
                cancellationToken).ConfigureAwait(false);
            done += pending.Count;
        }

        while (done > 0 && await CountAsync(cancellationToken).ConfigureAwait(false) >= TermRun.Fan)
        {
            if (!await database.WriteAsync(WriteScope.Shared, MergeAsync, cancellationToken).ConfigureAwait(false))
                break;
        }
    }

    /// <summary>What a block is found by; of one that is damaged, what can be read.</summary>
    public int[] CodesOf(StoredBlock? block)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        try
        {
            var unpacked = block?.Unpack() ?? [];
            for (var slot = 0; slot < block?.Items.Count; slot++)
            {
                if (block.Items[slot] is { Length: > 0, IsMade: false })
                    terms.UnionWith(SearchTerms.Of(SearchText.Of(block.Decode(unpacked, slot).Message)));
            }
        }
        catch (ArchiveException)
        {
            // The others are found all the same, and the doctor names it.
        }

        return _hash.Of(terms);
    }

    /// <summary>What sees to it that blocks are indexed anew.</summary>
    /// <param name="transaction">Keeps other writers out.</param>
    /// <param name="repacked">Blocks of which something was removed.</param>
    /// <param name="removed">Blocks of which nothing is left.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<Statement>> RenewAsync(
        Transaction transaction, IReadOnlySet<long> repacked, IReadOnlySet<long> removed, CancellationToken cancellationToken)
    {
        var runs =
            (await transaction.QueryAsync(new Statement(ListRuns, database.Tenant), ReadRuns, cancellationToken).ConfigureAwait(false))
            .FindAll(run => run.Blocks.Exists(block => repacked.Contains(block) || removed.Contains(block)));
        var again = runs.SelectMany(run => run.Blocks).Concat(repacked).Where(block => !removed.Contains(block)).Distinct().ToArray();
        return
        [
            new(DropRuns, database.Tenant, runs.ConvertAll(run => run.First).ToArray()),
            new(DropPending, database.Tenant, removed.ToArray()),
            new(AddPending, database.Tenant, again),
        ];
    }

    /// <summary>Reads blocks that wait. One whose list of items is damaged is null.</summary>
    public static async Task<List<(long Number, StoredBlock? Block)>> ReadPending(
        NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var pending = new List<(long, StoredBlock?)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                pending.Add((reader.GetInt64(0), StoredBlock.Read(reader)));
            }
            catch (InvalidDataException)
            {
                pending.Add((reader.GetInt64(0), null));
            }
        }

        return pending;
    }

    private async Task<bool> MergeAsync(Transaction transaction, CancellationToken cancellationToken)
    {
        var taken = await transaction.QueryAsync(
            new Statement(TakeSingle, database.Tenant, TermRun.Whole, TermRun.Fan), ReadSingle, cancellationToken).ConfigureAwait(false);
        if (taken.Count < TermRun.Fan)
            return false;
        var parts = TermRun.Cut(taken).ToList();
        await transaction.ExecuteAsync(
            [
                new(DropSingle, database.Tenant, TermRun.Whole, taken.ConvertAll(block => block.Block).ToArray()),
                new(AddParts, database.Tenant, taken[0].Block, parts.ConvertAll(part => part.Part).ToArray(),
                    parts.ConvertAll(part => part.Codes).ToArray()),
            ],
            cancellationToken).ConfigureAwait(false);
        return true;
    }

    private Task<long> CountAsync(CancellationToken cancellationToken) => database.ReadAsync(
        new Statement(CountSingle, database.Tenant, TermRun.Whole),
        static async (reader, cancellationToken) =>
            await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? reader.GetInt64(0) : 0,
        cancellationToken);

    // Locked, so that retention does not remove a block while it is indexed; safe to repeat, because only who takes a block from those that
    // wait writes its codes.
    private Task<bool> WriteAsync(IReadOnlyList<Statement> statements, CancellationToken cancellationToken) => database.RetryAsync(
        () => database.WriteOnceAsync(WriteScope.Shared, statements, static (_, _) => Task.FromResult(true), null, cancellationToken),
        cancellationToken);

    private static async Task<List<(long Block, int[] Codes)>> ReadSingle(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var blocks = new List<(long, int[])>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            blocks.AddRange(TermRun.Read(reader.GetInt32(0), reader.GetFieldValue<byte[]>(1)));
        return blocks;
    }

    private static async Task<List<(long First, List<long> Blocks)>> ReadRuns(NpgsqlDataReader reader, CancellationToken cancellationToken)
    {
        var runs = new List<(long, List<long>)>();
        while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
            runs.Add((reader.GetInt64(0),
                TermRun.Read(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2)).ConvertAll(block => block.Block)));
        return runs;
    }
}

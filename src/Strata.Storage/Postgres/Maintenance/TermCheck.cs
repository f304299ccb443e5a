using Strata.Archives;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Search;

namespace Strata.Storage.Postgres.Maintenance;

/// <summary>Sees whether each block is indexed or waits for it, and nothing else is.</summary>
internal sealed class TermCheck(Database database, List<Ailment> ailments)
{
    private const string ListPending = "SELECT block FROM pending WHERE tenant = $1";
    private const string ListRuns = "SELECT first, part, codes FROM term WHERE tenant = $1";
    private const string DropRun = "DELETE FROM term WHERE tenant = $1 AND first = $2";
    private const string DropPending = "DELETE FROM pending WHERE tenant = $1 AND block = $2";
    private const string AddPending = "INSERT INTO pending (tenant, block) VALUES ($1, $2) ON CONFLICT (tenant, block) DO NOTHING";
    private const string ListStrayPending = "SELECT p.block FROM pending AS p WHERE p.tenant = $1 AND NOT EXISTS (SELECT FROM block AS b "
        + "WHERE b.tenant = $1 AND b.block = p.block)";

    private const string ListStrayRuns = "SELECT t.first FROM term AS t WHERE t.tenant = $1 AND t.part = $2 AND NOT EXISTS (SELECT FROM "
        + "block AS b WHERE b.tenant = $1 AND b.block = t.first)";

    public async Task RunAsync(IReadOnlySet<long> blocks, CancellationToken cancellationToken)
    {
        // In this order: a block goes from those that wait to those that are indexed.
        var (pending, runs) = await database.ReadAsync(
            [new(ListPending, database.Tenant), new(ListRuns, database.Tenant)],
            static async (reader, cancellationToken) =>
            {
                var pending = new HashSet<long>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    pending.Add(reader.GetInt64(0));
                await reader.NextResultAsync(cancellationToken).ConfigureAwait(false);
                var runs = new Dictionary<long, Run>();
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (!runs.TryGetValue(reader.GetInt64(0), out var run))
                        runs[reader.GetInt64(0)] = run = new Run();
                    run.Add(reader.GetInt32(1), reader.GetFieldValue<byte[]>(2));
                }

                return (pending, runs);
            },
            cancellationToken).ConfigureAwait(false);
        var indexed = runs.Values.Where(run => run.IsWhole).SelectMany(run => run.Blocks).ToHashSet();
        foreach (var (first, _) in runs.Where(run => !run.Value.IsWhole))
            ailments.Add(new(FindingSeverity.Notice, $"block {first}",
                "What it and its neighbours are found by cannot be read; it can be built anew.",
                new Statement(DropRun, database.Tenant, first)));
        foreach (var block in blocks.Where(block => !indexed.Contains(block) && !pending.Contains(block)))
            ailments.Add(new(FindingSeverity.Notice, $"block {block}", "No search finds what it holds; that can be mended.",
                new Statement(AddPending, database.Tenant, block)));
        await CheckStraysAsync(new(ListStrayPending, database.Tenant), DropPending, cancellationToken).ConfigureAwait(false);
        await CheckStraysAsync(new(ListStrayRuns, database.Tenant, TermRun.Whole), DropRun, cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> CheckStraysAsync(Statement list, string drop, CancellationToken cancellationToken) => database.ReadAsync(
        list,
        async (reader, cancellationToken) =>
        {
            while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                ailments.Add(new(FindingSeverity.Notice, $"terms of block {reader.GetInt64(0)}",
                    "Their block is not there; they can be removed.", new Statement(drop, database.Tenant, reader.GetInt64(0))));
            return true;
        },
        cancellationToken);

    /// <summary>Rows that name their blocks one like the other.</summary>
    private sealed class Run
    {
        private readonly HashSet<int> _parts = [];
        private bool _isDamaged;

        public List<long> Blocks { get; private set; } = [];

        public bool IsWhole => !_isDamaged && (_parts.Contains(TermRun.Whole) ? _parts.Count == 1 : _parts.Count == TermRun.Fan);

        public void Add(int part, byte[] codes)
        {
            _parts.Add(part);
            try
            {
                var blocks = TermRun.Read(part, codes).ConvertAll(block => block.Block);
                _isDamaged |= _parts.Count > 1 && !blocks.SequenceEqual(Blocks);
                Blocks = blocks;
            }
            catch (InvalidDataException)
            {
                _isDamaged = true;
            }
        }
    }
}

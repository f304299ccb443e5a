using System.Reflection;
using System.Text.RegularExpressions;
using Strata.Archives;
using Strata.Ladder;
using Strata.Storage.Postgres;
using Strata.Storage.Postgres.Schema;
using Strata.Storage.Tests.Processes;
using Strata.Summaries;
using Strata.Tokens.Calibration;

namespace Strata.Storage.Tests.Postgres;

public sealed partial class PostgresTenantTests(PostgresServerFixture server) : IAsyncDisposable
{
    private readonly PostgresSchema _schema = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task Rows_AskedWithoutATenant_AreNotThere()
    {
        await FillAsync();
        foreach (var table in SchemaV1.Tables.Select(table => table.Name))
        {
            (await _schema.RunAsync($"SELECT count(*) FROM \"{table}\"", tenant: "a"))[0]
                .ShouldNotBe(0L, $"{table}: nothing was written, so nothing is shown");
            (await _schema.RunAsync($"SELECT count(*) FROM \"{table}\""))[0].ShouldBe(0L, table);
            (await _schema.RunAsync($"SELECT count(*) FROM \"{table}\"", tenant: "b"))[0].ShouldBe(0L, table);
            (await _schema.RunAsync($"SELECT count(*) FROM \"{table}\" WHERE tenant = 'a'", tenant: "b"))[0].ShouldBe(0L, table);
            foreach (var partition in (string[])["_0", "_1"])
                (await _schema.RunAsync($"SELECT count(*) FROM \"{table}{partition}\"", tenant: "b"))[0]
                    .ShouldBe(0L, $"{table}{partition}, asked directly");
        }
    }

    [Fact]
    public async Task Rows_OfAnotherTenant_CannotBeWritten()
    {
        await FillAsync();
        foreach (var table in SchemaV1.Tables.Select(table => table.Name))
        {
            (await _schema.RunAsync($"WITH gone AS (DELETE FROM \"{table}\" RETURNING 1) SELECT count(*) FROM gone", tenant: "b"))[0]
                .ShouldBe(0L, table);
            (await _schema.RunAsync($"WITH changed AS (UPDATE \"{table}\" SET tenant = 'b' RETURNING 1) SELECT count(*) FROM changed",
                tenant: "b"))[0].ShouldBe(0L, table);
        }

        var error = await Should.ThrowAsync<Npgsql.PostgresException>(() =>
            _schema.RunAsync("INSERT INTO node VALUES ('a', 'forged', '')", tenant: "b"));
        error.MessageText.ShouldContain("row-level security");
    }

    [Fact]
    public void Statements_ThatNameATable_NameItsTenantAsOften()
    {
        var tables = string.Join('|', SchemaV1.Tables.Select(table => table.Name));
        var statements = typeof(PostgresArchive).Assembly.GetTypes()
            .Where(type => type.Namespace?.StartsWith(typeof(PostgresArchive).Namespace!, StringComparison.Ordinal) == true)
            .SelectMany(type =>
                type.GetFields(BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            .Where(field => field is { IsLiteral: true } && field.FieldType == typeof(string))
            .Select(field => (Name: $"{field.DeclaringType!.Name}.{field.Name}", Sql: (string)field.GetRawConstantValue()!))
            .Where(constant => constant.Sql.TrimStart().StartsWith("SELECT", StringComparison.Ordinal) || Writes().IsMatch(constant.Sql))
            .ToList();
        statements.Count.ShouldBeGreaterThan(50);
        foreach (var (name, sql) in statements)
        {
            var named = Regex.Count(sql, $@"\b(FROM|JOIN|INTO|UPDATE)\s+({tables})\b", RegexOptions.None, TimeSpan.FromSeconds(10));
            var asked = Tenant().Count(sql);
            asked.ShouldBeGreaterThanOrEqualTo(named, $"{name} names {named} tables and the tenant {asked} times: {sql}");
        }
    }

    [Fact]
    public async Task Indexes_ThatAreUnique_BeginWithTheTenant()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        // Of this schema only: another test may be dropping its own, whose indexes cannot be described any more.
        var definitions = await _schema.RunAsync($"""
            WITH own AS MATERIALIZED (SELECT i.indexrelid FROM pg_index AS i JOIN pg_class AS c ON c.oid = i.indexrelid
                WHERE i.indisunique AND c.relnamespace = '"{_schema.Name}"'::regnamespace)
            SELECT pg_get_indexdef(indexrelid) FROM own
            """);
        definitions.Count.ShouldBeGreaterThan(20);
        definitions.ShouldAllBe(definition => ((string)definition!).Contains("(tenant, "));
        (await _schema.RunAsync(
            $"SELECT conname FROM pg_constraint WHERE connamespace = '\"{_schema.Name}\"'::regnamespace AND contype = 'f'"))
            .ShouldBeEmpty();
    }

    // Something in every table.
    private async Task FillAsync()
    {
        await using (var archive = await _schema.OpenAsync())
            await FillAsync(archive);
        // All that waited was indexed when it closed.
        await _schema.RunAsync("INSERT INTO pending VALUES ('a', 1)", tenant: "a");
    }

    private static async Task FillAsync(PostgresArchive archive)
    {
        var messages = MadeUp.Conversation(1);
        var compactor = new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive);
        foreach (var session in (string[])["s", "t"])
        {
            await compactor.CompactAsync(
                new CompactionRequest { Messages = session == "s" ? messages
                    : [.. messages, new(Microsoft.Extensions.AI.ChatRole.User, "more")], SessionId = session, Threshold = 1_000,
                    Target = 1_000, Force = true, Document = new ArchivedDocument("codex", "f", "{}"u8.ToArray()) },
                Cancellation);
        }

        await archive.AppendAsync("s", ArchiveCheck.Named(messages), "call", Cancellation);
        await archive.AddAsync(new SummaryNode("key", 1, "text", 2, "model", default, []), Cancellation);
        await archive.SaveCalibrationAsync(new TokenCalibration("m", 1.2, .1, 3, default), Cancellation);
    }

    [GeneratedRegex(@"^\s*(WITH|INSERT INTO|UPDATE|DELETE FROM)\s", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Writes();

    [GeneratedRegex(@"\btenant = \$1|\(tenant, [^)]*\)\s+(VALUES \(\$1|SELECT \$1)|tenant = [a-z]\.tenant|SELECT [a-z]\.tenant",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Tenant();
}

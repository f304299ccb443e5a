using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Strata.Cli.Tests.Support;
using ZstdSharp;

namespace Strata.Cli.Tests.Files;

public sealed class OpenClawDatabaseTests
{
    private const string Main = "agent:main:main";
    private const string Night = "agent:main:cron:night";

    [Fact]
    public async Task Sessions_InADatabase_AreListedTheLastUsedFirst()
    {
        using var cli = new Support.Cli();
        var database = await WriteAsync(cli, (Main, "one", true, 8), (Night, "two", true, 6));

        var json = JsonDocument.Parse((await cli.RunAsync("sessions", "--in", database, "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("sessions").EnumerateArray().Select(session => session.GetProperty("key").GetString()).ShouldBe([Night, Main]);
        json.GetProperty("sessions")[0].GetProperty("isCurrent").GetBoolean().ShouldBeTrue();
        (await cli.RunAsync("sessions", "--in", database)).ShouldExitWith(0).Output.ShouldContain(Night);
    }

    [Fact]
    public async Task Compact_SessionOfADatabase_WritesAFileOfPiAndLeavesTheDatabaseAlone()
    {
        using var cli = new Support.Cli();
        var database = await WriteAsync(cli, (Main, "one", true, 8), (Night, "two", true, 6));
        var before = await cli.ReadAsync("agent.sqlite");

        (await cli.RunAsync("compact", database, "--session", Main, "--target", "20%")).ShouldExitWith(0);

        (await cli.ReadAsync("agent.sqlite")).ShouldBe(before);
        cli.Files().ShouldContain("agent.agent-main-main.compacted.jsonl");
        (await cli.RunAsync("inspect", cli.PathOf("agent.agent-main-main.compacted.jsonl"))).ShouldExitWith(0).Output
            .ShouldContain("pi");
        (await cli.RunAsync("undo", cli.PathOf("agent.agent-main-main.compacted.jsonl"), "-o", cli.PathOf("again.jsonl")))
            .ShouldExitWith(0);
        (await cli.ReadAsync("again.jsonl")).ShouldBe(await SampleFiles.InAsync("pi", 8));
    }

    [Fact]
    public async Task Count_KeyWithAnEarlierSession_IsTheCurrentOneAndTheIdNamesTheOther()
    {
        using var cli = new Support.Cli();
        var database = await WriteAsync(cli, (Main, "new", true, 8), (Main, "old", false, 2));

        var current = await TokensAsync(cli, database, Main);

        current.ShouldBe(await TokensAsync(cli, database, "new"));
        current.ShouldBeGreaterThan(await TokensAsync(cli, database, "old"));
    }

    [Fact]
    public async Task Count_OnlySession_NeedsNoName()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("count", await WriteAsync(cli, (Main, "one", true, 4)))).ShouldExitWith(0);
    }

    [Fact]
    public async Task Count_SeveralSessions_AsksForOneByName()
    {
        using var cli = new Support.Cli();
        var database = await WriteAsync(cli, (Main, "one", true, 4), (Night, "two", true, 4));

        (await cli.RunAsync("count", database)).ShouldExitWith(2).Error
            .ShouldContain($"holds 2 sessions. Name one with --session: {Night}, {Main}");
        (await cli.RunAsync("count", database, "--session", "agent:main:mian")).ShouldExitWith(2).Error
            .ShouldContain($"Did you mean '{Main}'?");
        (await cli.RunAsync("count", cli.Session(), "--session", Main)).ShouldExitWith(2).Error.ShouldContain("is none. Leave it out");
        (await cli.RunAsync("compact", database, "--session", Main, "--in-place")).ShouldExitWith(2).Error.ShouldContain("is a database");
    }

    [Fact]
    public async Task Recall_SessionOfADatabase_BringsTheOriginalBack()
    {
        using var cli = new Support.Cli();
        var database = await WriteAsync(cli, (Main, "one", true, 8), (Night, "two", true, 6));
        var compacted = await cli.RunAsync("compact", database, "--session", Main, "--target", "20%", "--no-archive", "-o", "-");
        var handle = compacted.ShouldExitWith(0).Output.Split("recall ")[1][..12];

        (await cli.RunAsync("recall", handle, "--in", database, "--session", Main)).ShouldExitWith(0).Output.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Count_DatabaseOfSomethingElse_SaysWhatIsExpected()
    {
        using var cli = new Support.Cli();
        Execute(cli.PathOf("other.sqlite"), "CREATE TABLE notes (text TEXT)");

        (await cli.RunAsync("count", cli.PathOf("other.sqlite"))).ShouldExitWith(2).Error
            .ShouldContain("a SQLite database, but not one of OpenClaw's sessions");
    }

    [Fact]
    public async Task Count_EntryIsDamaged_IsNamed()
    {
        using var cli = new Support.Cli();
        var database = await WriteAsync(cli, (Main, "one", true, 4));
        Execute(database, "UPDATE transcript_events SET event_zstd = x'28b52ffd00' WHERE event_zstd IS NOT NULL");

        (await cli.RunAsync("count", database)).ShouldExitWith(2).Error.ShouldContain("an entry of the session is damaged");
    }

    private static async Task<long> TokensAsync(Support.Cli cli, string database, string session) =>
        JsonDocument.Parse((await cli.RunAsync("count", database, "--session", session, "--json")).ShouldExitWith(0).Output)
            .RootElement.GetProperty("tokens").GetInt64();

    // As OpenClaw 2026.9.6 makes it, but for what is not read.
    private static async Task<string> WriteAsync(Support.Cli cli, params (string Key, string Id, bool IsCurrent, int Turns)[] sessions)
    {
        var database = cli.PathOf("agent.sqlite");
        Execute(database, "CREATE TABLE session_nodes (session_key TEXT PRIMARY KEY, current_session_id TEXT NOT NULL)",
            "CREATE TABLE session_windows (session_id TEXT PRIMARY KEY, session_key TEXT NOT NULL, model TEXT, updated_at INTEGER NOT "
                + "NULL)",
            "CREATE TABLE transcript_events (session_id TEXT, seq INTEGER, event_json TEXT, event_zstd BLOB, PRIMARY KEY (session_id, "
                + "seq))");
        using var connection = Open(database);
        using var packer = new Compressor();
        for (var i = 0; i < sessions.Length; i++)
        {
            var (key, id, isCurrent, turns) = sessions[i];
            Run(connection, "INSERT INTO session_windows VALUES ($0, $1, 'claude-sonnet-4-6', $2)", id, key, 1796099000000 + i);
            if (isCurrent)
                Run(connection, "INSERT INTO session_nodes VALUES ($0, $1)", key, id);
            var lines = Encoding.UTF8.GetString(await SampleFiles.InAsync("pi", turns)).TrimEnd('\n').Split('\n');
            for (var seq = 0; seq < lines.Length; seq++)
            {
                var isLarge = lines[seq].Length > 1000;
                Run(connection, "INSERT INTO transcript_events VALUES ($0, $1, $2, $3)", id, seq,
                    isLarge ? DBNull.Value : lines[seq],
                    isLarge ? packer.Wrap(Encoding.UTF8.GetBytes(lines[seq])).ToArray() : DBNull.Value);
            }
        }

        return database;
    }

    private static void Execute(string database, params string[] statements)
    {
        using var connection = Open(database);
        foreach (var statement in statements)
            Run(connection, statement);
    }

    private static void Run(SqliteConnection connection, string statement, params object[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters.AddWithValue($"${i}", parameters[i]);
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Open(string database)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        return connection;
    }
}

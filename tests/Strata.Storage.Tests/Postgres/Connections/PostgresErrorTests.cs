using System.Net;
using System.Net.Sockets;
using Npgsql;
using Strata.Archives;
using Strata.Storage.Postgres;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Schema;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Postgres.Connections;

public sealed class PostgresErrorTests(PostgresServerFixture server) : IAsyncDisposable
{
    private const string Secret = "pa55-w0rd";

    private readonly PostgresSchema _schema = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Fact]
    public async Task OpenAsync_ServerDown_IsUnreachable()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var error = await FailAsync($"Host=127.0.0.1;Port={port};Username=u;Password={Secret};Database=d");
        error.Fault.ShouldBe(ArchiveFault.Unreachable);
        error.Message.ShouldContain($"127.0.0.1:{port}/d");
    }

    [Fact]
    public async Task OpenAsync_WrongPassword_IsDeniedAndKeepsItSecret()
    {
        var error = await FailAsync(new NpgsqlConnectionStringBuilder((await server.AdministratorAsync()).ConnectionString)
        {
            Password = Secret
        }.ConnectionString);
        error.Fault.ShouldBe(ArchiveFault.Denied);
        error.Message.ShouldContain("'Password'");
    }

    [Fact]
    public async Task OpenAsync_NoSuchDatabase_NamesIt()
    {
        var error = await FailAsync(new NpgsqlConnectionStringBuilder((await server.AdministratorAsync()).ConnectionString)
        {
            Database = "nowhere"
        }.ConnectionString);
        error.Fault.ShouldBe(ArchiveFault.Unreachable);
        error.Message.ShouldContain("/nowhere");
        error.Message.ShouldContain("createdb");
    }

    [Fact]
    public async Task OpenAsync_ServerWantsEncryption_SaysHowToSetIt()
    {
        var administrator = await server.AdministratorAsync();
        await using var source = NpgsqlDataSource.Create(administrator);
        await ExecuteAsync(source, "DROP ROLE IF EXISTS needs_ssl; CREATE ROLE needs_ssl LOGIN PASSWORD 'x'");
        (administrator.Username, administrator.Password, administrator.SslMode) = ("needs_ssl", "x", SslMode.Disable);
        var error = await FailAsync(administrator.ConnectionString);
        error.Fault.ShouldBe(ArchiveFault.Denied);
        error.Message.ShouldContain("SSL Mode=Require");
    }

    [Fact]
    public async Task OpenAsync_EncryptionThatTheServerLacks_SaysSo()
    {
        var connection = new NpgsqlConnectionStringBuilder((await server.AdministratorAsync()).ConnectionString)
        {
            SslMode = SslMode.Require
        };
        var error = await FailAsync(connection.ConnectionString);
        error.Fault.ShouldBe(ArchiveFault.Unreachable);
        error.Message.ShouldContain("SSL Mode");
    }

    [Fact]
    public async Task OpenAsync_RoleThatMayNotCreate_IsDenied()
    {
        var error = await FailAsync(await LimitedRoleAsync("may_not_create"));
        error.Fault.ShouldBe(ArchiveFault.Denied);
        error.Message.ShouldContain("GRANT USAGE");
    }

    [Fact]
    public async Task OpenAsync_RoleThatMayNotCreateAndSchemaThatIsThere_Works()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        var connection = await LimitedRoleAsync("may_only_use");
        (await FailAsync(connection)).Fault.ShouldBe(ArchiveFault.Denied);
        await _schema.RunAsync($"""
            GRANT USAGE ON SCHEMA "{_schema.Name}" TO may_only_use; GRANT SELECT, INSERT, UPDATE, DELETE
                ON ALL TABLES IN SCHEMA "{_schema.Name}" TO may_only_use;
            GRANT USAGE ON ALL SEQUENCES IN SCHEMA "{_schema.Name}" TO may_only_use
            """);
        await using var archive =
            await PostgresArchive.OpenAsync(await _schema.OptionsAsync() with { ConnectionString = connection }, Cancellation);
        (await archive.AppendAsync("s", ArchiveCheck.Named(MadeUp.Conversation(1)), cancellationToken: Cancellation)).ShouldBe(0);
        (await archive.ReadLogAsync("s", cancellationToken: Cancellation)).Count.ShouldBe(MadeUp.Conversation(1).Count);
    }

    [Fact]
    public async Task OpenAsync_NewerSchema_SaysSo()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        await _schema.RunAsync("INSERT INTO version VALUES (999)");
        var error = await Should.ThrowAsync<ArchiveException>(() => _schema.OpenAsync());
        error.Fault.ShouldBe(ArchiveFault.NewerVersion);
        error.Message.ShouldContain("999");
    }

    [Fact]
    public async Task OpenAsync_SchemaOfAnotherProgram_IsNoArchive()
    {
        await _schema.RunAsync($"CREATE SCHEMA \"{_schema.Name}\"");
        await _schema.RunAsync("CREATE TABLE version (number int)");
        (await Should.ThrowAsync<ArchiveException>(() => _schema.OpenAsync())).Fault.ShouldBe(ArchiveFault.NotAnArchive);
    }

    [Fact]
    public async Task AppendAsync_ReadOnlyRole_SaysSo()
    {
        await (await _schema.OpenAsync()).DisposeAsync();
        var options = await _schema.OptionsAsync();
        await using var archive = await PostgresArchive.OpenAsync(
            options with { ConnectionString = $"{options.ConnectionString};Options=-c default_transaction_read_only=on" }, Cancellation);
        var error = await Should.ThrowAsync<ArchiveException>(() =>
            archive.AppendAsync("s", ArchiveCheck.Named(MadeUp.Conversation(1)), cancellationToken: Cancellation).AsTask());
        error.Fault.ShouldBe(ArchiveFault.ReadOnly);
    }

    [Fact]
    public void CheckServer_TooOld_NamesBothVersions()
    {
        var error = Should.Throw<ArchiveException>(() => SchemaSetup.CheckServer(new Version(12, 3), "h:1/d"));
        error.Message.ShouldContain("12.3");
        error.Message.ShouldContain("14");
        Should.NotThrow(() => SchemaSetup.CheckServer(new Version(14, 0), "h:1/d"));
    }

    [Theory]
    [InlineData($"Host=h;Prot=1;Password={Secret}", "Prot")]
    [InlineData($"Host=h;Port=many;Password={Secret}", "Port")]
    [InlineData($"Username=u;Password={Secret}", "Host")]
    [InlineData($"postgres://u:{Secret}@h/d", "address")]
    [InlineData($"Host=h;Password='{Secret}", "quotation mark")]
    [InlineData($"Host=h;{Secret}", "cannot be read")]
    [InlineData("", "Host")]
    public async Task OpenAsync_MalformedConnectionString_NamesTheKeyAndNoSecret(string connection, string named)
    {
        var error = await Should.ThrowAsync<ArgumentException>(() =>
            PostgresArchive.OpenAsync(new PostgresArchiveOptions { ConnectionString = connection }, Cancellation).AsTask());
        error.Message.ShouldContain(named);
        error.ToString().ShouldNotContain(Secret);
    }

    [Fact]
    public async Task OpenAsync_OptionsThatCannotBe_NameTheOption()
    {
        var options = new PostgresArchiveOptions { ConnectionString = "Host=h" };
        foreach (var (wrong, named) in ((PostgresArchiveOptions, string)[])
            [(new(), "ConnectionString"), (options with { Tenant = "" }, "Tenant"), (options with { Schema = "pg_x" }, "Schema"),
                (options with { LockWait = TimeSpan.Zero }, "LockWait"), (options with { Partitions = 0 }, "Partitions")])
        {
            (await Should.ThrowAsync<ArgumentException>(() => PostgresArchive.OpenAsync(wrong, Cancellation).AsTask())).Message
                .ShouldContain(named);
        }
    }

    [Theory]
    [InlineData("", 60, true)]
    [InlineData("Max Auto Prepare=0;No Reset On Close=false", 0, false)]
    public async Task Connect_WhatIsNotGiven_IsSetAndWhatIsGivenStays(string given, int prepared, bool isKept)
    {
        var (source, address) = PostgresServer.Connect(new PostgresArchiveOptions { ConnectionString = $"Host=h;Database=d;{given}" });
        await using (source)
        {
            var used = new NpgsqlConnectionStringBuilder(source.ConnectionString);
            (used.MaxAutoPrepare, used.NoResetOnClose, address).ShouldBe((prepared, isKept, "h:5432/d"));
        }
    }

    [Theory]
    [InlineData("53100", ArchiveFault.Full)]
    [InlineData("53300", ArchiveFault.Busy)]
    [InlineData("57P01", ArchiveFault.Unreachable)]
    [InlineData("42P01", ArchiveFault.NotAnArchive)]
    [InlineData("XX001", ArchiveFault.NotAnArchive)]
    [InlineData("40P01", ArchiveFault.Busy)]
    [InlineData("22012", ArchiveFault.Failed)]
    public void Describe_StateOfTheServer_HasItsFault(string state, ArchiveFault fault) =>
        new ServerErrors("h:1/d", "strata").Describe(new PostgresException("because", "ERROR", "ERROR", state)).ShouldSatisfyAllConditions(
            error => error.Fault.ShouldBe(fault), error => error.Message.ShouldContain("h:1/d"));

    private async Task<ArchiveException> FailAsync(string connection)
    {
        var error = await Should.ThrowAsync<ArchiveException>(() => PostgresArchive.OpenAsync(
            new PostgresArchiveOptions { ConnectionString = connection, Schema = _schema.Name }, Cancellation).AsTask());
        error.ToString().ShouldNotContain(Secret);
        return error;
    }

    private async Task<string> LimitedRoleAsync(string role)
    {
        var administrator = await server.AdministratorAsync();
        await using var source = NpgsqlDataSource.Create(administrator);
        await ExecuteAsync(source, $"CREATE ROLE {role} LOGIN PASSWORD 'x'");
        (administrator.Username, administrator.Password) = (role, "x");
        return administrator.ConnectionString;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}

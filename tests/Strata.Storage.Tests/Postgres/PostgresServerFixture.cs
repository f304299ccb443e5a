using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using Strata.Storage.Tests.Postgres;

[assembly: AssemblyFixture(typeof(PostgresServerFixture))]

namespace Strata.Storage.Tests.Postgres;

/// <summary>
/// One PostgreSQL server for the whole run, started when the first test asks: the one that STRATA_POSTGRES names, or one of our own on
/// loopback, made of the binaries that this machine has. Without either the tests are skipped.
/// </summary>
public sealed class PostgresServerFixture : IAsyncDisposable
{
    private const string Missing =
        "No PostgreSQL server: set STRATA_POSTGRES to a connection string, or install the server (Debian: postgresql).";

    // The script ends with its standard input, so that a run that is killed leaves no server behind. Nothing that is tested needs what
    // fsync gives: only clients are killed.
    private const string Script = """
        set -e
        cd "$1"
        "$2/initdb" -D data -U postgres --pwfile=password -A scram-sha-256 --auth-local=trust -E UTF8 --locale=C -N >initdb.log
        printf 'hostnossl all needs_ssl all reject\n%s' "$(cat data/pg_hba.conf)" >pg_hba.new && cat pg_hba.new >data/pg_hba.conf
        options="-p $3 -k $1 -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200 -c shared_buffers=64MB"
        "$2/pg_ctl" -D data -w -t 60 -l server.log -o "$options" start >start.log
        echo started
        cat >/dev/null || true
        "$2/pg_ctl" -D data -m immediate stop >/dev/null 2>&1 || true
        """;

    private readonly Lazy<Task<string?>> _connection;
    private Process? _process;
    private string? _folder;

    public PostgresServerFixture() => _connection = new(() => Task.Run(StartAsync));

    /// <summary>Whether the server is ours, with a superuser and authentication as we set it.</summary>
    public bool IsOurs => _process is not null;

    /// <summary>A connection as a role that may create schemas and is no superuser, with a small pool.</summary>
    public async Task<string> ConnectionAsync()
    {
        var connection = await _connection.Value;
        Assert.SkipWhen(connection is null, Missing);
        return new NpgsqlConnectionStringBuilder(connection) { MaxPoolSize = 4, Timeout = 30 }.ConnectionString;
    }

    /// <summary>A connection as superuser; skips on a server that is not ours.</summary>
    public async Task<NpgsqlConnectionStringBuilder> AdministratorAsync()
    {
        var connection = new NpgsqlConnectionStringBuilder(await ConnectionAsync());
        Assert.SkipUnless(IsOurs, "This test changes roles of the server, and STRATA_POSTGRES is not ours.");
        (connection.Username, connection.Password) = ("postgres", "the administrator's");
        return connection;
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        if (_process is not null)
        {
            _process.StandardInput.Close();
            await _process.WaitForExitAsync();
            _process.Dispose();
        }

        if (_folder is not null)
            Directory.Delete(_folder, recursive: true);
    }

    private async Task<string?> StartAsync()
    {
        if (Environment.GetEnvironmentVariable("STRATA_POSTGRES") is { Length: > 0 } given)
            return given;
        if (OperatingSystem.IsWindows() || FindBinaries() is not { } binaries)
            return null;
        _folder = Directory.CreateTempSubdirectory("strata-pg-").FullName;
        await File.WriteAllTextAsync(Path.Combine(_folder, "password"), "the administrator's\n");
        var port = FreePort();
        List<string> command = ["sh", "-c", Script, "sh", _folder, binaries, port.ToString(CultureInfo.InvariantCulture)];
        // The server refuses to run as root.
        if (Environment.UserName == "root")
        {
            using var chown = Process.Start("chown", ["-R", "postgres", _folder]);
            await chown.WaitForExitAsync();
            command.InsertRange(0, ["runuser", "-u", "postgres", "--"]);
        }

        _process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true
        })!;
        if (await _process.StandardOutput.ReadLineAsync() != "started")
            throw new InvalidOperationException($"PostgreSQL did not start in {_folder}: see its logs there.");
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "postgres",
            Password = "the administrator's",
            Database = "postgres"
        };
        await using var administrator = NpgsqlDataSource.Create(connection);
        foreach (var sql in (string[])["CREATE ROLE strata LOGIN PASSWORD 'the role''s'", "CREATE DATABASE strata OWNER strata"])
        {
            await using var statement = administrator.CreateCommand(sql);
            await statement.ExecuteNonQueryAsync();
        }

        (connection.Username, connection.Password, connection.Database) = ("strata", "the role's", "strata");
        return connection.ConnectionString;
    }

    private static string? FindBinaries()
    {
        var versions = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, "bin")) : [];
        return (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Concat(versions)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

using System.Globalization;
using Strata.Archives;
using Strata.Storage.Postgres;
using Strata.Storage.Sqlite;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests;

/// <summary>Runs the tests; or is a child that one of them started.</summary>
internal static class Program
{
    /// <summary>First argument of a child.</summary>
    public const string Child = "--archive-child";

    public static async Task<int> Main(string[] args)
    {
        if (args is not [Child, var what, var path, .. var rest])
            return await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args);
        await using IArchive archive = Postgres.PostgresChild.Connection is { } connection
            ? await PostgresArchive.OpenAsync(new PostgresArchiveOptions
            {
                ConnectionString = connection,
                Schema = path,
                Tenant = "a",
                LockWait = TimeSpan.FromMinutes(1)
            })
            : await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = path, BusyTimeout = TimeSpan.FromMinutes(1) });
        if (what == "compact")
            await ArchiveChild.CompactAsync(archive, int.Parse(rest[0], CultureInfo.InvariantCulture), Console.Out);
        else
            await ArchiveChild.AppendAsync(archive, "shared", rest[0], int.Parse(rest[1], CultureInfo.InvariantCulture), Console.Out);
        return 0;
    }
}

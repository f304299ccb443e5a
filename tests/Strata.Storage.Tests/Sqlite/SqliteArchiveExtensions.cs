using Strata.Storage.Sqlite;

namespace Strata.Storage.Tests.Sqlite;

/// <summary>Reaches under an archive.</summary>
internal static class SqliteArchiveExtensions
{
    public static async Task RunAsync(this SqliteArchive archive, string sql) => await archive.Database.ServeAsync(
        db =>
        {
            db.Execute(sql);
            return true;
        },
        TestContext.Current.CancellationToken);

    public static ValueTask<long> NumberAsync(this SqliteArchive archive, string sql) =>
        archive.Database.ServeAsync(db => db.Number(sql), TestContext.Current.CancellationToken);

    public static ValueTask<long> PragmaAsync(this SqliteArchive archive, string name) => archive.NumberAsync($"PRAGMA {name}");
}

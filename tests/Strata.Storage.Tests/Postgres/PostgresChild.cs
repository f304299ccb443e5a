using System.Diagnostics;

namespace Strata.Storage.Tests.Postgres;

/// <summary>This program, started again to write to a schema: <see cref="Program"/>.</summary>
internal static class PostgresChild
{
    private const string Variable = "STRATA_POSTGRES_CHILD";

    /// <summary>
    /// The server that a child writes to; null in all other processes. Not an argument: everybody sees those, and it holds a password.
    /// </summary>
    public static string? Connection => Environment.GetEnvironmentVariable(Variable);

    public static Process Start(string connection, string schema, string what, params string[] rest) => Process.Start(
        new ProcessStartInfo(Path.ChangeExtension(typeof(PostgresChild).Assembly.Location, null), [Program.Child, what, schema, .. rest])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { [Variable] = connection },
        })!;
}

using System.CommandLine;

namespace Strata.Benchmarks.Archives;

/// <summary>The options by which a command and its children name a store.</summary>
internal static class Stores
{
    private const string ChildName = "--child";

    /// <summary>Of the group, so that each measurement takes it.</summary>
    public static Option<string> Store { get; } = CreateStore();

    /// <summary>In a child process: the archive to work on.</summary>
    public static Option<string?> Child { get; } = new(ChildName) { Hidden = true, Recursive = true };

    /// <param name="arguments">Hold the options above.</param>
    /// <param name="name">A file or schema that stays; null: a new one, gone afterwards.</param>
    public static IArchiveStore Open(ParseResult arguments, string? name = null) =>
        arguments.GetValue(Store) == PostgresStore.Kind ? new PostgresStore(PostgresStore.Connection!, name) : new SqliteStore(name);

    public static IReadOnlyList<string> ChildArguments(string kind, string name) => ["--store", kind, ChildName, name];

    /// <summary>A number of things, of which there has to be one.</summary>
    public static Option<int> Count(string name, int usual, string? description = null)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && result.GetValueOrDefault<int>() < 1)
                result.AddError($"{name} takes a number from 1 on.");
        });
        return option;
    }

    private static Option<string> CreateStore()
    {
        var option = new Option<string>("--store")
        {
            Description = $"{SqliteStore.Kind}, or {PostgresStore.Kind}: the server that {PostgresStore.Variable} names.",
            DefaultValueFactory = _ => SqliteStore.Kind,
            Recursive = true,
        };
        option.AcceptOnlyFromAmong(SqliteStore.Kind, PostgresStore.Kind);
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>() == PostgresStore.Kind && PostgresStore.Connection is null)
                result.AddError($"{PostgresStore.Variable} is not set: give it the connection string of a server that may be written to.");
        });
        return option;
    }
}

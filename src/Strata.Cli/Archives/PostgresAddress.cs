using System.Data.Common;

namespace Strata.Cli.Archives;

/// <summary>An address of PostgreSQL, as psql or as .NET writes it.</summary>
/// <param name="ConnectionString">What the client reads.</param>
/// <param name="Name">For people: without a password.</param>
internal sealed record PostgresAddress(string ConnectionString, string Name)
{
    private const string Form = "Write postgres://USER@HOST:PORT/DATABASE, with the password in PGPASSWORD or ~/.pgpass.";

    private static readonly string[] Schemes = ["postgres://", "postgresql://"];

    public static bool Is(string text) =>
        Schemes.Any(scheme => text.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            || text.Contains("Host=", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="CliException">It cannot be read; the message repeats nothing of it, for one part is a password.</exception>
    public static PostgresAddress Read(string text)
    {
        try
        {
            return text.Contains("://", StringComparison.Ordinal) ? OfUri(new Uri(text)) : OfPairs(text);
        }
        catch (Exception e) when (e is UriFormatException or ArgumentException)
        {
            // Not kept as the inner exception: it quotes what it could not read.
            throw new CliException($"the address of the archive cannot be read. {Form}");
        }
    }

    private static PostgresAddress OfUri(Uri uri)
    {
        var user = uri.UserInfo.Split(':', 2);
        var pairs = new DbConnectionStringBuilder { ["Host"] = uri.Host };
        Add("Port", uri.Port > 0 ? FormattableString.Invariant($"{uri.Port}") : "");
        Add("Username", user[0]);
        Add("Password", user.Length > 1 ? user[1] : "");
        Add("Database", uri.AbsolutePath.Trim('/'));
        foreach (var parameter in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var pair = parameter.Split('=', 2);
            Add(pair[0], pair.Length > 1 ? pair[1] : "");
        }

        return new PostgresAddress(pairs.ConnectionString, NameOf(pairs));

        void Add(string key, string value)
        {
            if (value.Length > 0)
                pairs[key] = Uri.UnescapeDataString(value);
        }
    }

    private static PostgresAddress OfPairs(string text)
    {
        var pairs = new DbConnectionStringBuilder { ConnectionString = text };
        return new PostgresAddress(text, NameOf(pairs));
    }

    private static string NameOf(DbConnectionStringBuilder pairs)
    {
        var user = Value("Username", "User ID", "User");
        var port = Value("Port");
        var database = Value("Database");
        return $"postgres://{user}{(user.Length > 0 ? "@" : "")}{Value("Host")}{(port.Length > 0 ? ":" + port : "")}"
            + $"{(database.Length > 0 ? "/" + database : "")}";

        string Value(params string[] names) =>
            names.Select(name => pairs.TryGetValue(name, out var value) ? $"{value}" : "").FirstOrDefault(value => value.Length > 0) ?? "";
    }
}

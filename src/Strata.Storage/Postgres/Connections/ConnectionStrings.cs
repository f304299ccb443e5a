using System.Data.Common;
using Npgsql;

namespace Strata.Storage.Postgres.Connections;

/// <summary>Reads a connection string so that what is wrong with it is named without its values: one of them is a password.</summary>
internal static class ConnectionStrings
{
    private const string Form = "Write Host=…;Username=…;Password=…;Database=….";

    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        if (text.Contains("://", StringComparison.Ordinal) && !text.Contains('=', StringComparison.Ordinal))
            throw new ArgumentException($"The connection string is an address (…://…), which is not read. {Form}", nameof(text));
        var parsed = new NpgsqlConnectionStringBuilder();
        foreach (var (key, value) in Pairs(text))
        {
            if (!Works(() => parsed[key] = value))
            {
                throw new ArgumentException(
                    parsed.ContainsKey(key) ? $"The connection string's '{key}' has a value that it cannot have."
                        : $"The connection string has '{key}', which PostgreSQL's client does not know.",
                    nameof(text));
            }
        }

        return string.IsNullOrEmpty(parsed.Host)
            ? throw new ArgumentException($"The connection string has no 'Host'. {Form}", nameof(text))
            : parsed;
    }

    private static List<(string Key, object Value)> Pairs(string text)
    {
        var pairs = new DbConnectionStringBuilder();
        if (!Works(() => pairs.ConnectionString = text))
            throw new ArgumentException(
                $"The connection string cannot be read: a ';' or '=' is missing, or a quotation mark is not closed. {Form}", nameof(text));
        return [.. pairs.Keys.Cast<string>().Select(key => (key, pairs[key]))];
    }

    // What the framework throws is not passed on: it quotes the value, which may be the password.
    private static bool Works(Action read)
    {
        try
        {
            read();
            return true;
        }
        catch (Exception e)
            when (e is ArgumentException or KeyNotFoundException or FormatException or OverflowException or InvalidCastException)
        {
            return false;
        }
    }
}

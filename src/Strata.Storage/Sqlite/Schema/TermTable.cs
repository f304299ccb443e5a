using System.Globalization;

namespace Strata.Storage.Sqlite.Schema;

/// <summary>The full-text index of a tenant: a table of its own, so that no search can meet another tenant's words.</summary>
internal static class TermTable
{
    public static string NameOf(long tenant) => string.Create(CultureInfo.InvariantCulture, $"terms_{tenant}");

    /// <summary>
    /// Contentless and without positions: which term stands in which original, nothing else. Terms come as codes parted by spaces, of which
    /// the tokenizer keeps every sign.
    /// </summary>
    public static string Create(long tenant) => $"""
        CREATE VIRTUAL TABLE {NameOf(tenant)} USING fts5(words, content='', detail=none, columnsize=0,
            tokenize="ascii tokenchars '!#$%&''()*+,-./:;<=>?@[\]^_`{"{|}"}~'")
        """;
}

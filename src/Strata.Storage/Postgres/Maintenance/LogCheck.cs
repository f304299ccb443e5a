using System.Globalization;
using Strata.Archives;
using Strata.Storage.Postgres.Connections;
using Strata.Storage.Postgres.Tables;
using Strata.Transcripts;

namespace Strata.Storage.Postgres.Maintenance;

/// <summary>Sees whether each log has as many messages as its session counts, and whether the archive holds them.</summary>
/// <param name="database">Where it looks.</param>
/// <param name="ailments">Gets what it finds.</param>
/// <param name="held">The originals that can be read.</param>
internal sealed class LogCheck(Database database, List<Ailment> ailments, IReadOnlySet<Fingerprint> held)
{
    private const string ListLogs = "SELECT session, first, count, prints FROM log WHERE tenant = $1 AND (session, first) > ($2, $3) ORDER "
        + "BY session, first LIMIT 1024";

    // Together, so that a call that adds meanwhile is seen in both or in neither.
    private const string ListLengths = """
        SELECT s.session, s.log_count, l.entries, l.reach FROM session AS s CROSS JOIN LATERAL (
            SELECT coalesce(sum(count), 0)::bigint AS entries, coalesce(max(first + count), 0)::bigint AS reach FROM log WHERE tenant = $1
                AND session = s.session) AS l
        WHERE s.tenant = $1 AND (s.log_count <> l.entries OR s.log_count <> l.reach)
        """;

    private const string FixLength = """
        UPDATE session SET log_count = (SELECT coalesce(max(first + count), 0) FROM log WHERE tenant = $1 AND session = $2)
            WHERE tenant = $1 AND session = $2
        """;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        for ((string Session, long First)? last = ("", -1); last is { } after;)
        {
            last = await database.ReadAsync<(string, long)?>(
                new Statement(ListLogs, database.Tenant, after.Session, after.First),
                async (reader, cancellationToken) =>
                {
                    (string Session, long First)? read = null;
                    while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                    {
                        read = (reader.GetString(0), reader.GetInt64(1));
                        var prints = Prints.Split(reader.GetFieldValue<byte[]>(3));
                        if (prints.Count != reader.GetInt32(2) || prints.Exists(print => !held.Contains(print)))
                            ailments.Add(new(FindingSeverity.Lost,
                                string.Create(CultureInfo.InvariantCulture,
                                    $"log of session '{PgText.Unescape(read.Value.Session)}' at {read.Value.First}"),
                                "An original of it cannot be read. Restore it from a backup of the server."));
                    }

                    return read;
                },
                cancellationToken).ConfigureAwait(false);
        }

        await database.ReadAsync(
            new Statement(ListLengths, database.Tenant),
            async (reader, cancellationToken) =>
            {
                while (await reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    var (session, length, entries, reach) =
                        (reader.GetString(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));
                    ailments.Add(entries == reach
                        ? new(FindingSeverity.Notice, $"log of session '{PgText.Unescape(session)}'",
                            $"The session counts {length} messages, its log has {entries}; the count can be set right.",
                            new Statement(FixLength, database.Tenant, session))
                        : new(FindingSeverity.Lost, $"log of session '{PgText.Unescape(session)}'",
                            $"It reaches to {reach} and holds {entries} messages: some are missing. Restore them from a backup of the "
                                + "server."));
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }
}

using Npgsql;
using Strata.Ladder;
using Strata.Storage.Packing;
using Strata.Storage.Postgres.Connections;
using Strata.Summaries;
using Strata.Tokens.Calibration;

namespace Strata.Storage.Postgres.Tables;

/// <summary>Summary nodes and calibrations.</summary>
internal sealed class Nodes(Database database)
{
    private const string Find = "SELECT body FROM node WHERE tenant = $1 AND node = $2";
    private const string Add = "INSERT INTO node (tenant, node, body) VALUES ($1, $2, $3) ON CONFLICT (tenant, node) DO NOTHING";
    private const string FindRatio = "SELECT model, ratio, error_band, samples, at FROM calibration WHERE tenant = $1 AND model = $2";

    private const string SaveRatio = """
        INSERT INTO calibration (tenant, model, ratio, error_band, samples, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (tenant, model) DO UPDATE SET ratio = excluded.ratio, error_band = excluded.error_band, samples = excluded.samples,
            at = excluded.at
        """;

    public Task<SummaryNode?> FindAsync(string key, CancellationToken cancellationToken) =>
        database.ReadAsync(new Statement(Find, database.Tenant, PgText.Escape(key)), ReadNode, cancellationToken);

    public async Task<SummaryNode> AddAsync(SummaryNode node, CancellationToken cancellationToken)
    {
        var key = PgText.Escape(node.Key);
        return await database.UpsertAsync(
            [new(Add, database.Tenant, key, RecordJson.Write(node)), new(Find, database.Tenant, key)], ReadNode, cancellationToken)
            .ConfigureAwait(false) ?? node;
    }

    public Task<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken) =>
        database.ReadAsync<TokenCalibration?>(
        new Statement(FindRatio, database.Tenant, PgText.Escape(model)),
        static async (reader, cancellationToken) => await reader.ReadAsync(cancellationToken).ConfigureAwait(false)
            ? new TokenCalibration(PgText.Unescape(reader.GetString(0)), reader.GetDouble(1), reader.GetDouble(2), reader.GetInt32(3),
                Ticks.Read(reader.GetInt64(4)))
            : null,
        cancellationToken);

    public Task SaveAsync(TokenCalibration calibration, CancellationToken cancellationToken) => database.UpsertAsync(
        [new(SaveRatio, database.Tenant, PgText.Escape(calibration.Model), calibration.Ratio, calibration.ErrorBand, calibration.Samples,
            Ticks.Of(calibration.At))],
        static (_, _) => Task.FromResult(true),
        cancellationToken);

    private static async Task<SummaryNode?> ReadNode(NpgsqlDataReader reader, CancellationToken cancellationToken) =>
        await reader.ReadAsync(cancellationToken).ConfigureAwait(false) ? RecordJson.Read<SummaryNode>(reader.GetFieldValue<byte[]>(0))
            : null;
}

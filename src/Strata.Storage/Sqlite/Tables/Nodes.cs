using Strata.Ladder;
using Strata.Storage.Packing;
using Strata.Storage.Sqlite.Connections;
using Strata.Summaries;
using Strata.Tokens.Calibration;

namespace Strata.Storage.Sqlite.Tables;

/// <summary>What was paid for or learnt: summary nodes, calibrations.</summary>
internal sealed class Nodes(Connection db, long tenant)
{
    public SummaryNode? Find(string key)
    {
        using var find = db.Use("SELECT body FROM nodes WHERE tenant = ?1 AND name = ?2");
        return find.Bind(1, tenant).Bind(2, key).Step() ? RecordJson.Read<SummaryNode>(find.Bytes(0).ToArray()) : null;
    }

    /// <summary>The first one under a key stays.</summary>
    public void Add(SummaryNode node)
    {
        using var insert = db.Use("INSERT OR IGNORE INTO nodes (tenant, name, body) VALUES (?1, ?2, ?3)");
        insert.Bind(1, tenant).Bind(2, node.Key).Bind(3, RecordJson.Write(node)).Run();
    }

    public TokenCalibration? FindCalibration(string model)
    {
        using var find = db.Use("SELECT ratio, error_band, samples, at FROM calibrations WHERE tenant = ?1 AND model = ?2");
        return find.Bind(1, tenant).Bind(2, model).Step()
            ? new TokenCalibration(model, find.Double(0), find.Double(1), find.Int32(2), Instant.Of(find.Int64(3)))
            : null;
    }

    public void Save(TokenCalibration calibration)
    {
        using var save =
            db.Use("INSERT OR REPLACE INTO calibrations (tenant, model, ratio, error_band, samples, at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
        save.Bind(1, tenant).Bind(2, calibration.Model).Bind(3, calibration.Ratio).Bind(4, calibration.ErrorBand)
            .Bind(5, (long)calibration.Samples)
            .Bind(6, Instant.Of(calibration.At)).Run();
    }
}

using Strata.Tokens.Calibration;

namespace Strata.Tests.Tokens.Calibration;

/// <summary>A store that counts what is asked of it and fails when it is told to.</summary>
internal sealed class CalibrationStore : ICalibrationStore
{
    public Dictionary<string, TokenCalibration> Saved { get; } = [];

    public int Saves { get; private set; }

    public int Reads { get; private set; }

    public bool Fails { get; set; }

    public ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default)
    {
        Reads++;
        return Fails ? throw new IOException("the store is down") : ValueTask.FromResult(Saved.GetValueOrDefault(model));
    }

    public ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default)
    {
        Saves++;
        if (Fails)
            throw new IOException("the store is down");
        Saved[calibration.Model] = calibration;
        return ValueTask.CompletedTask;
    }
}

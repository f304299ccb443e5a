namespace Strata.Tokens.Calibration;

/// <summary>Keeps what was learnt about how a model bills tokens.</summary>
/// <remarks>Thread-safe, also over several processes on one store; the newest one saved wins.</remarks>
public interface ICalibrationStore
{
    /// <summary>Null when nothing was saved.</summary>
    ValueTask<TokenCalibration?> FindCalibrationAsync(string model, CancellationToken cancellationToken = default);

    ValueTask SaveCalibrationAsync(TokenCalibration calibration, CancellationToken cancellationToken = default);
}

/// <summary>How the tokens that a provider reports compare with those that were counted.</summary>
/// <param name="Model">The model's name as it is sent.</param>
/// <param name="Ratio">Reported tokens for each that was counted.</param>
/// <param name="ErrorBand">How far reported numbers lie from counted × ratio, as a share of them.</param>
/// <param name="Samples">Calls that it was learnt from.</param>
/// <param name="At">When the newest of them was.</param>
public sealed record TokenCalibration(string Model, double Ratio, double ErrorBand, int Samples, DateTimeOffset At);

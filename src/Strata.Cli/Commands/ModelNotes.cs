using System.Globalization;
using Strata.Settings;

namespace Strata.Cli.Commands;

/// <summary>What is said about a model that is not known.</summary>
internal static class ModelNotes
{
    /// <param name="model">Null: nothing names one.</param>
    /// <param name="wasTyped">Whether the user named it, and not the file.</param>
    /// <param name="window">What is assumed.</param>
    /// <param name="hasGrown">Whether that is more than what is assumed of all, to make room for what the user asked for.</param>
    /// <param name="naming">By what the caller states a model or its window.</param>
    public static string UnknownWindow(
        string? model, bool wasTyped, int window, bool hasGrown = false, string naming = "--model or --window")
    {
        var what = model is null ? "The file names no model" : $"Nothing is known of the model '{model}'";
        var hint = model is not null && wasTyped && NearestName.Of(model, ModelOptions.Names()) is { } nearest
            ? $" Did you mean '{nearest}'?" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{what}: a window of {window:N0} tokens is assumed{(hasGrown ? ", twice the target" : "")}; "
            + $"{naming} sets it.{hint}");
    }
}

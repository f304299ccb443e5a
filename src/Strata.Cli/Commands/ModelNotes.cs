using Strata.Providers.Configuration;

namespace Strata.Cli.Commands;

/// <summary>What is said about a model that is not known.</summary>
internal static class ModelNotes
{
    public static string UnknownWindow(string? model, bool wasTyped, int window)
    {
        var what = model is null ? "The file names no model" : $"Nothing is known of the model '{model}'";
        var hint = model is not null && wasTyped && NearestName.Of(model, ModelOptions.Names()) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        return FormattableString.Invariant($"{what}: a window of {window:N0} tokens is assumed. Give --model or --window.{hint}");
    }
}

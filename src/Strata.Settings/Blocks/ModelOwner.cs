using Strata.Models;

namespace Strata.Settings.Blocks;

/// <summary>References of models that another program names without their provider.</summary>
internal static class ModelOwner
{
    /// <summary>
    /// <paramref name="model"/> as a reference: with its provider before it, where the catalogue knows one that Strata calls.
    /// </summary>
    /// <exception cref="FormatException">Nobody knows whose model it is.</exception>
    public static string Reference(string model)
    {
        var name = model.Trim();
        if (name.Contains('/', StringComparison.Ordinal))
            return name;
        var owners = ModelCatalogue.Default.Models
            .Where(known => string.Equals(known.Id, name, StringComparison.OrdinalIgnoreCase))
            .Select(known => known.Provider)
            .ToList();
        var provider = ModelReference.KnownProviders.FirstOrDefault(known => owners.Contains(known, StringComparer.Ordinal));
        return provider is null
            ? throw new FormatException(
                $"it is not known whose model this is; write PROVIDER/{name}, with one of "
                + $"{string.Join(", ", ModelReference.KnownProviders)}")
            : $"{provider}/{name}";
    }
}

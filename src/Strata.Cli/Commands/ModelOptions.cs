using System.CommandLine;
using Strata.Cli.Files;
using Strata.Models;

namespace Strata.Cli.Commands;

/// <summary>The catalogue of models, with the user's own rows before it.</summary>
internal static class ModelOptions
{
    public static Option<string> Models() => new("--models")
    {
        Description = "A JSON file of models that win over the built-in catalogue.",
        HelpName = "FILE",
    };

    public static IEnumerable<string> Names() =>
        ModelCatalogue.Default.Models.Select(model => model.Id).Distinct(StringComparer.OrdinalIgnoreCase);

    public static ModelCatalogue Catalogue(string? path)
    {
        if (path is null)
            return ModelCatalogue.Default;
        try
        {
            using var file = InputFile.Open(path);
            return ModelCatalogue.Default.With(ModelCatalogue.Parse(file));
        }
        catch (FormatException e)
        {
            throw new CliException($"{path}: {e.Message}", innerException: e);
        }
    }
}

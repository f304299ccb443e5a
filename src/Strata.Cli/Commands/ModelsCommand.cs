using System.CommandLine;
using System.IO.Enumeration;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Models;
using Strata.Settings;

namespace Strata.Cli.Commands;

/// <summary><c>strata models</c>: what is known about models, and how a name is understood.</summary>
internal sealed class ModelsCommand
{
    public static readonly CommandFactory Entry = new(
        "models", "Lists windows, limits, prices and tokenizers of models, each with its source.",
        Create, "FILTER");

    private readonly Terminal _terminal;

    private readonly Argument<string?> _filter = new("FILTER")
    {
        Description = "A part of a model's name, or a pattern such as 'gpt-5*'.",
        HelpName = "FILTER",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string> _models = ModelOptions.Models();
    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private ModelsCommand(Terminal terminal)
    {
        _terminal = terminal;
        _filter.CompletionSources.Add(_ => ModelOptions.Names());
    }

    private static ExampleCommand Create(Terminal terminal)
    {
        var models = new ModelsCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata models sonnet",
                "strata models 'gpt-5*' --json",
                "strata models claude-sonnet-4-5-20250929   # how this name is understood",
            ],
        };
        command.Add(models._filter);
        command.Add(models._models);
        command.Add(models._json);
        command.SetAction(models.Run);
        return command;
    }

    private int Run(ParseResult result)
    {
        var filter = result.GetValue(_filter);
        var catalogue = ModelOptions.Catalogue(result.GetValue(_models));
        var found = catalogue.Models.Where(model => Meets(model, filter)).Select(ModelRow.Of).ToList();
        var resolved = Resolve(filter, catalogue, found.Count > 0);
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, new ModelsReport(filter, resolved, found), JsonReport.Readable.ModelsReport);
        }
        else if (found.Count > 0 || resolved is not null)
        {
            using var screen = Screen.Output(_terminal);
            ModelsText.Write(screen, new ModelsReport(filter, resolved, found));
        }

        if (found.Count > 0 || resolved is not null)
            return ExitCodes.Done;
        var hint =
            NearestName.Of(filter!, ModelOptions.Names()) is { } nearest ? $" Did you mean '{nearest}'?" : " 'strata models' lists all.";
        throw new CliException($"no model's name holds '{filter}'.{hint} As --model it would be taken for a window of "
            + $"{catalogue.Find(filter).Model.Window:N0} tokens.", ExitCodes.Failed);
    }

    private static bool Meets(ModelInfo model, string? filter)
    {
        if (filter is null)
            return true;
        var full = $"{model.Provider}/{model.Id}";
        return filter.AsSpan().ContainsAny('*', '?')
            ? FileSystemName.MatchesSimpleExpression(filter, model.Id) || FileSystemName.MatchesSimpleExpression(filter, full)
            : full.Contains(filter, StringComparison.OrdinalIgnoreCase);
    }

    // A name in the catalogue is resolved; so is one that only rules understand. "sonnet" is a part of many, and no name.
    private static ResolvedModel? Resolve(string? filter, ModelCatalogue catalogue, bool found)
    {
        if (filter is null || filter.AsSpan().ContainsAny('*', '?'))
            return null;
        var match = catalogue.Find(filter);
        return match.Kind is ModelMatchKind.Exact or ModelMatchKind.ProviderAndId || (!found && match.Kind != ModelMatchKind.Default)
            ? new ResolvedModel(filter, match.Kind, match.Reason, ModelRow.Of(match.Model))
            : null;
    }
}

using System.CommandLine;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Ranking;

namespace Strata.Cli.Commands;

/// <summary><c>strata rank</c>: which documents say most about a query.</summary>
internal sealed class RankCommand
{
    public static readonly CommandFactory Entry = new(
        "rank", "Sorts documents by how much they say about a query, without a model.",
        Create, "QUERY", "FILES");

    // UTF-16 chars; a screen line or two.
    private const int PassageLength = 240;

    private readonly Terminal _terminal;

    private readonly Argument<string> _query = new("QUERY") { Description = "A question or some words." };

    private readonly Argument<string[]> _files = new("FILES")
    {
        Description = "Files, each a document; folders, with all text files in them; - reads standard input, each line a document.",
        HelpName = "FILES",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _glob = new("--glob")
    {
        Description = "Of folders only the files of this name, such as '*.md' or 'docs/*.md'.",
        HelpName = "PATTERN"
    };

    private readonly Option<int> _top = new("--top")
    {
        Description = "The most documents to print. Default: 10.",
        HelpName = "N",
        DefaultValueFactory = _ => 10
    };

    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private RankCommand(Terminal terminal)
    {
        _terminal = terminal;
        _top.Validators.Add(result =>
        {
            if (result.Tokens is [var typed, ..] && !(int.TryParse(typed.Value, out var number) && number >= 1))
                result.AddError($"--top {typed.Value}: give a number of documents, 1 or more.");
        });
    }

    private static ExampleCommand Create(Terminal terminal)
    {
        var rank = new RankCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata rank 'how is the budget divided' docs --glob '*.md'",
                "strata rank 'retry after' src/*.cs --top 3 --json | jq -r '.ranked[].document'",
                "git log --oneline | strata rank 'fix of the tokenizer' -",
            ],
        };
        command.Add(rank._query);
        command.Add(rank._files);
        command.Add(rank._glob);
        command.Add(rank._top);
        command.Add(rank._json);
        command.SetAction(rank.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var query = result.GetRequiredValue(_query);
        if (string.IsNullOrWhiteSpace(query))
            throw new CliException("the query is empty. Give a question or some words.");
        var documents = await RankSources.ReadAsync(result.GetRequiredValue(_files), result.GetValue(_glob), _terminal, cancellationToken)
            .ConfigureAwait(false);
        var report = Rank(query, documents, result.GetValue(_top), cancellationToken);
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.RankReport);
        }
        else if (report.Ranked.Count > 0)
        {
            using var screen = Screen.Output(_terminal);
            RankText.Write(screen, report);
        }

        if (report.Ranked.Count == 0)
            _terminal.Error.WriteLine(
                $"strata: nothing matches: {Numbers.Of(documents.Count, "document")}, and none has a word of the query that carries "
                    + "matter.");
        return ExitCodes.Done;
    }

    private static RankReport Rank(string query, IReadOnlyList<RankableDocument> documents, int top, CancellationToken cancellationToken)
    {
        var index = LexicalIndex.Create(documents, cancellationToken);
        var ranked = index.Rank(query, top, cancellationToken: cancellationToken).Where(document => document.Score > 0).ToList();
        return new RankReport(query, documents.Count, [.. ranked.Select((document, place) => new RankRow(
            place + 1, document.Id, Math.Round(document.Score, 4), index.Passage(query, document.Index, PassageLength)))]);
    }
}

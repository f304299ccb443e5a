using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Calls;
using Strata.Ladder;
using Strata.Ladder.Prompts;
using Strata.Models;
using Strata.Planning;
using Strata.Summaries;

namespace Strata;

/// <content>Compactors for the commonest wishes.</content>
public sealed partial class Compactor
{
    /// <summary>A compactor for a model, with another one that writes its summaries.</summary>
    /// <param name="model">The model that is sent to: gives window and tokenizer.</param>
    /// <param name="summarizeWith">Writes summaries; its own metadata name the model. Null: level 0 writes them, without a model.</param>
    /// <param name="summaryPrompt">What it is told, in plain words; null: the template of level 3.</param>
    /// <param name="archive">Where originals are kept before they leave the context; null: nowhere.</param>
    public Compactor(string model, IChatClient? summarizeWith = null, string? summaryPrompt = null, IArchive? archive = null)
        : this(
            new CompactionOptions { Model = model ?? throw new ArgumentNullException(nameof(model)) },
            summarizeWith is null ? null : WrittenBy(summarizeWith, summaryPrompt is null ? null : SummaryTemplate.Plain(summaryPrompt)),
            archive: archive)
    {
    }

    /// <summary>A compactor for a model, with the numbers that are most often changed.</summary>
    public static Compactor Create(
        string model, string strategy = CompactionStrategies.Default, double thresholdRatio = .7, double targetRatio = .3,
        ISummarizer? summarizer = null) =>
        new(
            new CompactionOptions
            {
                Model = model,
                Strategy = strategy,
                Budget = new BudgetOptions { ThresholdRatio = thresholdRatio, TargetRatio = targetRatio },
            },
            summarizer);

    /// <summary>
    /// Tells <paramref name="observer"/>, such as <c>CompactionMetrics</c>, of every summary that models write and of every call, until
    /// what is returned is disposed. A compactor without models, or with a summarizer of the program's own, has nothing to tell.
    /// </summary>
    public IDisposable? Observe<TObserver>(TObserver observer)
        where TObserver : class, ILadderObserver, ICallObserver
    {
        ArgumentNullException.ThrowIfNull(observer);
        return (_summarizer as LadderSummarizer)?.Observe(observer);
    }

    private static LadderSummarizer WrittenBy(IChatClient client, SummaryTemplate? template)
    {
        var id = client.GetService<ChatClientMetadata>()?.DefaultModelId;
        var known = ModelCatalogue.Default.Find(id).Model;
        var model = new CallableModel
        {
            Name = id ?? "summarizer", Client = client, Window = known.Window, OutputLimit = known.OutputLimit, Prices = known.Prices,
        };
        return new LadderSummarizer(new LadderOptions { Levels = [LevelOptions.Whole(model) with { Template = template }] });
    }
}

using System.Collections.Concurrent;
using Strata.Calls;
using Strata.Ranking.Rated;

namespace Strata.Ranking;

/// <summary>
/// Lets a model rate each document from 0 to 10. A document without a rating stands where the rated ones that are next to it by words
/// stand; when no call succeeds the ranking is that by words.
/// </summary>
/// <remarks>Among documents of one rating those with more of the query's words come first; words never outweigh a whole point.</remarks>
public sealed class ModelRanker : IDocumentRanker
{
    private readonly ModelCaller _caller;
    private readonly IReadOnlyList<CallableModel> _models;
    private readonly ModelRankerOptions _options;
    private readonly LexicalRanker _lexical = new();

    /// <param name="caller">Asks the models.</param>
    /// <param name="models">The first choice and those to fall back to, at least one.</param>
    /// <param name="options">Null: the defaults.</param>
    /// <exception cref="ArgumentException">There is no model, or one's window has no room for a document.</exception>
    public ModelRanker(ModelCaller caller, IReadOnlyList<CallableModel> models, ModelRankerOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(caller);
        ArgumentNullException.ThrowIfNull(models);
        (_caller, _models, _options) = (caller, models, options ?? new ModelRankerOptions());
        if (models.Count == 0)
            throw new ArgumentException("There is no model to rate documents; give at least one, or use LexicalRanker.", nameof(models));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.DocumentsPerCall, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxDocumentTokens, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxParallel, 1, nameof(options));
        var smallest = models.MinBy(model => model.Window)!;
        if (smallest.Window < RatingPrompt.Overhead + _options.MaxDocumentTokens)
        {
            throw new ArgumentException(
                $"The window of {smallest.Name}, {smallest.Window} tokens, has no room for the question and a document of "
                    + $"{_options.MaxDocumentTokens} tokens. "
                + "Lower MaxDocumentTokens or use a model with a larger window.",
                nameof(models));
        }
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<RankedDocument>> RankAsync(
        string query, IReadOnlyList<RankableDocument> documents, int? top = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(top ?? 1, 1, nameof(top));
        var byWords = await _lexical.RankAsync(query, documents, cancellationToken: cancellationToken).ConfigureAwait(false);
        var ratings = new ConcurrentDictionary<int, double>();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = _options.MaxParallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(RatingBatch.Split(query, documents, _options, _models.Min(model => model.Window)), parallel, RateAsync)
            .ConfigureAwait(false);
        return [.. (ratings.IsEmpty ? byWords : RatingMix.Order(byWords, ratings)).Take(top ?? documents.Count)];

        async ValueTask RateAsync(RatingBatch batch, CancellationToken token)
        {
            var outcome = await _caller.CallAsync(
                _models, _ => RatingPrompt.Ask(query, batch, _options.Timeout), answer => Refuse(answer, batch.Indexes.Count), token)
                .ConfigureAwait(false);
            if (outcome.Answer is not { } accepted)
                return;
            var read = RatingReader.Read(accepted.Text, batch.Indexes.Count);
            for (var i = 0; i < read.Length; i++)
            {
                if (read[i] is { } rating)
                    ratings[batch.Indexes[i]] = rating;
            }
        }
    }

    private static string? Refuse(CallAnswer answer, int count) =>
        Array.Exists(RatingReader.Read(answer.Text, count), rating => rating is not null) ? null
            : "the answer rates no document from 0 to 10";
}

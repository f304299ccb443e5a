using Strata.Planning.Hierarchy;
using Strata.Settings;
using Strata.Summaries;
using Strata.Ladder;

namespace Strata.Hosting;

/// <summary>
/// A ladder whose models are looked for when the first summary is wanted: local servers are asked for their windows, and a container cannot
/// wait for them. What it plans with is known before.
/// </summary>
internal sealed class LazyLadder(StrataSettings settings, Func<CancellationToken, ValueTask<LadderSummarizer>> make)
    : ISummarizer, IDisposable
{
    private readonly AsyncOnce<LadderSummarizer> _ladder = new(make);

    public int Level { get; } = settings.WrittenLevels[^1];

    public string Name => "ladder";

    public HierarchyOptions Hierarchy { get; } = settings.ToHierarchy();

    public async ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default)
    {
        var ladder = await _ladder.GetAsync(cancellationToken).ConfigureAwait(false);
        return await ladder.SummarizeAsync(request, cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _ladder.Dispose();
}

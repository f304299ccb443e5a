using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Strata.Archives;
using Strata.Calls;
using Strata.Chat;
using Strata.Conversations;
using Strata.Costs;
using Strata.Diagnostics;
using Strata.Hosting.Archives;
using Strata.Ladder;
using Strata.Planning;
using Strata.Providers;
using Strata.Summaries;

namespace Strata.Hosting;

/// <summary>Everything that one <c>AddStrata</c> makes, wired once; each service is a part of it.</summary>
internal sealed class StrataRuntime : IAsyncDisposable, IDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly IDisposable _subscription;
    private readonly LazyLadder? _ladder;

    public StrataRuntime(IServiceProvider services, string? name)
    {
        Options =
            services.GetRequiredService<IOptionsMonitor<StrataOptions>>().Get(name ?? Microsoft.Extensions.Options.Options.DefaultName);
        _time = services.GetRequiredService<TimeProvider>();
        _logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger("Strata");
        Telemetry = services.GetRequiredService<CallTelemetry>();
        Metrics = services.GetRequiredService<CompactionMetrics>();
        Providers = new ModelProviders(ProviderOptions.From(Options.Settings) with { TimeProvider = _time });
        Cap = Options.Settings.MaxCost is { } most ? new SpendCap(most) : null;
        Caller = new ModelCaller(
            Options.Settings.ApplyTo(new CallOptions()), _time,
            CallObservers.All([Telemetry, Metrics, .. services.GetServices<ICallObserver>()]), Cap);
        Archive = ArchiveOf(services, name);
        Nodes = Archive ?? (ISummaryStore)new InMemorySummaryStore();
        var observer = LadderObservers.All([Telemetry, Metrics, .. services.GetServices<ILadderObserver>()]);
        _ladder = Options.Settings.WrittenLevels.Count == 0 ? null
            : new LazyLadder(Options.Settings, cancellationToken => LadderAsync(observer, cancellationToken));
        Compactor = new Compactor(
            Options.ToCompactionOptions(), services.GetService<ISummarizer>() ?? _ladder, services.GetServices<ICompactionStrategy>(),
            _time, Archive);
        _subscription = Compactor.OnContextCompacted(LogAsync);
    }

    public StrataOptions Options { get; }

    public CallTelemetry Telemetry { get; }

    public CompactionMetrics Metrics { get; }

    public ModelProviders Providers { get; }

    /// <value>Null: no limit.</value>
    public SpendCap? Cap { get; }

    public ModelCaller Caller { get; }

    /// <value>Null: nothing is archived.</value>
    public LazyArchive? Archive { get; }

    /// <value>Where summaries that were paid for are kept.</value>
    public ISummaryStore Nodes { get; }

    public Compactor Compactor { get; }

    public ConversationOptions ChatOptions => Options.Settings.ApplyTo(Options.Chat with
    {
        OnFailed = Options.Chat.OnFailed ?? LogAsync,
        OnNotice = Options.Chat.OnNotice ?? (notice => _logger.Notice(notice.Kind, notice.Message)),
    });

    public static StrataRuntime Of(IServiceProvider services, string? name) =>
        name is null ? services.GetRequiredService<StrataRuntime>() : services.GetRequiredKeyedService<StrataRuntime>(name);

    // The archive comes last: whoever still compacts may write to it until then.
    public async ValueTask DisposeAsync()
    {
        _subscription.Dispose();
        _ladder?.Dispose();
        Providers.Dispose();
        if (Archive is not null)
            await Archive.DisposeAsync().ConfigureAwait(false);
    }

    // A container that is disposed without waiting refuses services that can only be waited for.
#pragma warning disable RS0030
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();
#pragma warning restore RS0030

    private LazyArchive? ArchiveOf(IServiceProvider services, string? name)
    {
        if (services.GetKeyedService<ArchiveSource>(name ?? "") is { } source)
            return new LazyArchive(cancellationToken => source.Open(services, cancellationToken), source.Owns);
        var location = ArchiveLocation.Parse(Options.Settings.Archive);
        return location.Kind == ArchiveKind.None ? null
            : new LazyArchive(cancellationToken => location.OpenAsync(Options.Settings, _time, cancellationToken), owns: true);
    }

    private async ValueTask<LadderSummarizer> LadderAsync(ILadderObserver observer, CancellationToken cancellationToken)
    {
        var ladder = await ModelLadder.CreateAsync(Options.Settings, Providers, _time, cancellationToken).ConfigureAwait(false);
        foreach (var problem in ladder!.Problems)
            _logger.ModelUnreachable(problem);
        return new LadderSummarizer(ladder.Options, Caller, Nodes, observer, _time);
    }

    private ValueTask LogAsync(CompactionFailure failure, CancellationToken cancellationToken)
    {
        _logger.CompactionFailed(failure.Tokens, failure.Exception);
        return ValueTask.CompletedTask;
    }

    private ValueTask LogAsync(ContextCompacted compacted, CancellationToken cancellationToken)
    {
        var receipt = compacted.Result.Receipt!;
        _logger.Compacted(compacted.TokensBefore, compacted.TokensAfter, compacted.Strategy, receipt.Id, receipt.SessionId);
        return ValueTask.CompletedTask;
    }
}

using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Strata.Archives;
using Strata.Calls;
using Strata.Costs;
using Strata.Diagnostics;
using Strata.Hosting.Tests.Support;
using Strata.Ladder;
using Strata.Planning;
using Strata.Providers;
using Strata.Settings;
using Strata.Tests.Shared;
using Strata.Tokens.Calibration;

namespace Strata.Hosting.Tests;

public sealed class StrataServiceCollectionExtensionsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AddStrata_NoOptions_GivesEveryService()
    {
        await using var services =
            new ServiceCollection().AddStrata(new StrataSettings { Archive = "memory" }).Services.BuildServiceProvider();

        var compactor = services.GetRequiredService<Compactor>();
        var archive = services.GetRequiredService<IArchive>();

        compactor.Archive.ShouldBeSameAs(archive);
        services.GetRequiredService<ISummaryStore>().ShouldBeSameAs(archive);
        services.GetRequiredService<ICalibrationStore>().ShouldBeSameAs(archive);
        services.GetRequiredService<ModelProviders>().ShouldNotBeNull();
        services.GetRequiredService<ModelCaller>().ShouldNotBeNull();
        services.GetRequiredService<CompactionMetrics>().ShouldNotBeNull();
        services.GetRequiredService<CallTelemetry>().ShouldNotBeNull();
        services.GetRequiredService<TimeProvider>().ShouldBeSameAs(TimeProvider.System);
        services.GetService<SpendCap>().ShouldBeNull();
        services.GetService<IChatReducer>().ShouldBeNull();
        services.GetService<IChatClient>().ShouldBeNull();
    }

    [Fact]
    public async Task AddStrata_NoArchive_KeepsNodesInMemory()
    {
        await using var services =
            new ServiceCollection().AddStrata(new StrataSettings { Archive = "none" }).Services.BuildServiceProvider();

        services.GetService<IArchive>().ShouldBeNull();
        services.GetRequiredService<Compactor>().Archive.ShouldBeNull();
        services.GetRequiredService<ISummaryStore>().ShouldBeOfType<InMemorySummaryStore>();
    }

    [Fact]
    public async Task AddStrata_Twice_ChangesOptionsAndRegistersNothingTwice()
    {
        var collection = new ServiceCollection();
        collection.AddStrata(Setup.Section(("Window", "50k"), ("Archive", "none")));
        collection.AddStrata(new StrataSettings { Window = 60_000 });
        await using var services = collection.BuildServiceProvider();

        services.GetRequiredService<Compactor>().Budget.Window.ShouldBe(60_000);
        services.GetServices<IHostedService>().Count().ShouldBe(1);
        services.GetServices<IValidateOptions<StrataOptions>>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task AddStrata_Named_AreKeptApart()
    {
        var (own, fake) = FakeArchive.Create();
        var collection = new ServiceCollection();
        collection.AddStrata(new StrataSettings { Window = 50_000, Archive = "none" });
        collection.AddStrata(new StrataSettings { Window = 9_000 }, name: "small").UseArchive(own);
        await using var services = collection.BuildServiceProvider();

        services.GetRequiredService<Compactor>().Budget.Window.ShouldBe(50_000);
        services.GetRequiredKeyedService<Compactor>("small").Budget.Window.ShouldBe(9_000);
        services.GetService<IArchive>().ShouldBeNull();
        await services.GetRequiredKeyedService<IArchive>("small").ListSessionsAsync(cancellationToken: Cancel);
        fake.Calls.ShouldBe(["ListSessionsAsync"]);
    }

    [Fact]
    public async Task AddStrata_MaxCost_CapsTheOneCaller()
    {
        await using var services =
            new ServiceCollection().AddStrata(Setup.Section(("MaxCost", "0.50"), ("Archive", "none"))).Services.BuildServiceProvider();

        services.GetRequiredService<SpendCap>().Limit.ShouldBe(.5m);
    }

    [Fact]
    public async Task AddStrategy_ChosenByName_Compacts()
    {
        await using var services = new ServiceCollection()
            .AddStrata(Setup.Section(("Strategy", "own"), ("Window", "1k"), ("Archive", "none"), ("Profile", "tiered")))
            .AddStrategy<OwnStrategy>().AddStrategy<OwnStrategy>()
            .Services.BuildServiceProvider();

        var plan = services.GetRequiredService<Compactor>().Plan(new CompactionRequest { Messages = Setup.Conversation(30) });

        plan.Strategy.ShouldBe("own");
        services.GetServices<ICompactionStrategy>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task AddChatClient_LongConversation_IsCompactedAndArchived()
    {
        var model = new FakeChatClient();
        using var host = Setup.Host(services => services.AddStrata(Setup.Section(
            ("Profile", "tiered"), ("Window", "1k"), ("Archive", "memory"), ("AgentId", "damon"))).AddChatClient(_ => model));
        await host.StartAsync(Cancel);

        await host.Services.GetRequiredService<IChatClient>().GetResponseAsync(Setup.Conversation(30), cancellationToken: Cancel);

        model.Requests.Select(request => request.Messages.Count).ShouldHaveSingleItem().ShouldBeLessThan(60);
        var receipt = (await host.Services.GetRequiredService<IArchive>().ListReceiptsAsync(cancellationToken: Cancel))
            .ShouldHaveSingleItem().Receipt;
        receipt.AgentId.ShouldBe("damon");
        await host.StopAsync(Cancel);
    }

    [Fact]
    public async Task AddStrata_ArchiveIsAFile_OutlivesTheHost()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "archive.db");
        for (var start = 1; start <= 2; start++)
        {
            using var host = Setup.Host(services => services.AddStrata(Setup.Section(
                ("Profile", "tiered"), ("Window", "1k"), ("Archive", file), ("Tenant", "blue"))).AddChatClient(_ => new FakeChatClient()));
            await host.StartAsync(Cancel);
            if (start == 1)
                await host.Services.GetRequiredService<IChatClient>().GetResponseAsync(Setup.Conversation(30), cancellationToken: Cancel);

            (await host.Services.GetRequiredService<IArchive>().ListReceiptsAsync(cancellationToken: Cancel)).Count.ShouldBe(1);
            await host.StopAsync(Cancel);
        }
    }

    [Fact]
    public async Task Start_ArchiveIsNoDatabase_SaysSo()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "notes.txt");
        await File.WriteAllTextAsync(file, new string('x', 5_000), Cancel);
        using var host = Setup.Host(services => services.AddStrata(Setup.Section(("Archive", file))));

        var failure = await Should.ThrowAsync<ArchiveException>(() => host.StartAsync(Cancel));

        failure.Fault.ShouldBe(ArchiveFault.NotAnArchive);
        failure.Message.ShouldStartWith("Strata:Archive: ");
        failure.Message.ShouldContain("notes.txt");
    }

    [Fact]
    public async Task AddChatReducer_OnRequest_Reduces()
    {
        await using var services = new ServiceCollection()
            .AddStrata(Setup.Section(("Profile", "tiered"), ("Window", "1k"), ("Archive", "memory"))).AddChatReducer()
            .AddChatReducer().Services.BuildServiceProvider();

        var reduced = await services.GetServices<IChatReducer>().ShouldHaveSingleItem().ReduceAsync(Setup.Conversation(30), Cancel);

        reduced.Count().ShouldBeLessThan(60);
        (await services.GetRequiredService<IArchive>().ListReceiptsAsync(cancellationToken: Cancel)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Dispose_OwnAndGivenThings_EndInOrder()
    {
        var model = new FakeChatClient();
        var (own, fake) = FakeArchive.Create();
        var (given, givenFake) = FakeArchive.Create();
        var collection = new ServiceCollection();
        collection.AddStrata().UseArchive((_, _) => ValueTask.FromResult(own)).AddChatClient(_ => model);
        collection.AddStrata(name: "given").UseArchive(given);
        var services = collection.BuildServiceProvider();
        _ = services.GetRequiredService<IChatClient>();
        await services.GetRequiredService<IArchive>().ListSessionsAsync(cancellationToken: Cancel);
        await services.GetRequiredKeyedService<IArchive>("given").ListSessionsAsync(cancellationToken: Cancel);

        // Without waiting, as many programs do.
        services.Dispose();

        model.IsDisposed.ShouldBeTrue();
        fake.Calls[^1].ShouldBe("DisposeAsync");
        fake.Calls.Count(call => call == "DisposeAsync").ShouldBe(1);
        givenFake.Calls.ShouldNotContain("DisposeAsync");
    }

    private sealed class OwnStrategy : ICompactionStrategy
    {
        private readonly ICompactionStrategy _inner = CompactionStrategies.Find("truncate")!;

        public string Name => "own";

        public void Plan(PlanBuilder plan) => _inner.Plan(plan);
    }
}

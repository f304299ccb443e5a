using System.ComponentModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;

namespace Strata.Extensions.AI.Tests;

public sealed class UseCompactionTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task UseCompaction_ModelOfTheInnerClient_HasItsWindow()
    {
        using var model = new ModelStandIn("gpt-4.1");
        using var client = model.AsBuilder().UseCompaction().Build();
        await client.GetResponseAsync(Talk(200, 200), cancellationToken: Token);
        model.Requests[0].Messages.Count.ShouldBe(200);
        client.GetService<ConversationState>()!.Window.ShouldBeGreaterThanOrEqualTo(1_000_000);
    }

    [Theory]
    [InlineData("gpt-4")]
    [InlineData("gpt-3.5-turbo")]
    public async Task UseCompaction_ModelOfTheCall_HasItsWindow(string called)
    {
        var window = Strata.Models.ModelCatalogue.Default.Find(called).Model.Window;
        using var model = new ModelStandIn("gpt-4o");
        using var client = model.AsBuilder().UseCompaction().Build();
        var messages = Talk(300, 60);
        await client.GetResponseAsync(messages, new ChatOptions { ModelId = called }, Token);
        ModelStandIn.TokensOf(model.Requests[0], called).ShouldBeLessThan(window);
        await client.GetResponseAsync(messages, cancellationToken: Token);
        model.Requests[1].Messages.Count.ShouldBe(300);
    }

    [Fact]
    public async Task UseCompaction_ModelsInTurns_KeepTheViewWhereTheyCountAlike()
    {
        using var model = new ModelStandIn("gpt-4");
        using var client = model.AsBuilder().UseCompaction().Build();
        var messages = Talk(300, 60);
        await client.GetResponseAsync(messages, cancellationToken: Token);
        messages.Add(new ChatMessage(ChatRole.Assistant, "ok"));
        messages.Add(new ChatMessage(ChatRole.User, "Go on."));
        await client.GetResponseAsync(messages, new ChatOptions { ModelId = "gpt-4-turbo" }, Token);
        await client.GetResponseAsync(messages, cancellationToken: Token);
        model.Requests[1].Messages.Take(model.Requests[0].Messages.Count).ShouldBe(model.Requests[0].Messages);
        model.Requests[2].Messages.ShouldBe(model.Requests[1].Messages);
    }

    [Theory]
    [InlineData(4_000)]
    [InlineData(6_000)]
    public async Task UseCompaction_MaxOutputTokens_AreKeptFree(int output)
    {
        using var model = new ModelStandIn("gpt-4");
        using var client = model.AsBuilder().UseCompaction(new CompactionOptions { MinTokensToCompact = 0 }).Build();
        var messages = Talk(1, 60);
        for (var turn = 0; turn < 120; turn++)
        {
            await client.GetResponseAsync(messages, new ChatOptions { MaxOutputTokens = output }, Token);
            messages.AddRange(Talk(2, 60, turn));
        }

        var sent = model.Requests.Select(request => ModelStandIn.TokensOf(request, "gpt-4")).ToList();
        sent.Max().ShouldBeLessThanOrEqualTo(8_192 - output);
        sent.Max().ShouldBeGreaterThan((8_192 - output) / 2);
    }

    [Fact]
    public async Task UseCompaction_EmptyConversationId_IsCompacted()
    {
        using var model = new ModelStandIn("gpt-4");
        using var client = model.AsBuilder().UseCompaction().Build();
        await client.GetResponseAsync(Talk(300, 60), new ChatOptions { ConversationId = " " }, Token);
        model.Requests[0].Messages.Count.ShouldBeLessThan(300);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void UseCompaction_FunctionInvocation_IsSaidWhereItIsInside(bool isInside)
    {
        var logs = new Logs();
        using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(logs).BuildServiceProvider();
        var builder = new ModelStandIn("gpt-4o").AsBuilder();
        _ = isInside ? builder.UseCompaction().UseFunctionInvocation() : builder.UseFunctionInvocation().UseCompaction();
        using var client = builder.Build(services);
        logs.Lines.Count(line => line.Level == LogLevel.Warning && line.Text.Contains("UseFunctionInvocation", StringComparison.Ordinal))
            .ShouldBe(isInside ? 1 : 0);
    }

    [Theory]
    [InlineData("gpt-99o-typo", null, true)]
    [InlineData("unheard-of", null, true)]
    [InlineData(null, null, true)]
    [InlineData("gpt-4o", null, false)]
    [InlineData("unheard-of", 20_000, false)]
    public async Task UseCompaction_ModelThatNobodyKnows_IsSaidOnce(string? name, int? window, bool isSaid)
    {
        var logs = new Logs();
        using var services = new ServiceCollection().AddSingleton<ILoggerFactory>(logs).BuildServiceProvider();
        using var client = new ModelStandIn(name).AsBuilder().UseCompaction(new CompactionOptions { Window = window }).Build(services);
        for (var call = 0; call < 3; call++)
            await client.GetResponseAsync("hello", cancellationToken: Token);
        logs.Lines.Count(line => line.Level == LogLevel.Warning).ShouldBe(isSaid ? 1 : 0);
        if (isSaid)
            logs.Lines.Single().Text.ShouldContain(name ?? "Nobody");
    }

    [Fact]
    public async Task UseCompaction_InAHost_IsBuiltByServices()
    {
        var model = new ModelStandIn("gpt-4", call => call < 60
            ? new ChatMessage(ChatRole.Assistant,
                [new FunctionCallContent($"call-{call}", "read_log", new Dictionary<string, object?> { ["page"] = call })])
            : new ChatMessage(ChatRole.Assistant, "done"));
        var logs = new Logs();
        var services = new ServiceCollection().AddSingleton<ILoggerFactory>(logs).AddSingleton<IArchive>(new InMemoryArchive());
        services.AddChatClient(model).UseFunctionInvocation(configure: loop => loop.MaximumIterationsPerRequest = 100).UseCompaction();
        await using var provider = services.BuildServiceProvider();
        var tool = AIFunctionFactory.Create(
            ([Description("From 0.")] int page) => $"Page {page}: {string.Join(' ', Enumerable.Range(page, 300))}", "read_log");
        var response = await provider.GetRequiredService<IChatClient>()
            .GetResponseAsync("Read all pages of the log.", new ChatOptions { Tools = [tool] }, Token);

        response.Text.ShouldBe("done");
        model.Requests.Max(request => ModelStandIn.TokensOf(request, "gpt-4")).ShouldBeLessThan(8_192);
        model.Requests[^1].Messages.ShouldContain(message => message.Text == "Read all pages of the log.");
        logs.Lines.ShouldContain(line => line.Event.Id == 1 && line.Event.Name == "Compacted");
    }

    [Fact]
    public void UseCompaction_InAHostWithStrata_TakesItsCompactor()
    {
        var services = new ServiceCollection();
        services.AddStrata(options => options.Settings = options.Settings with { Model = "gpt-4o" });
        services.AddChatClient(new ModelStandIn("gpt-4o")).UseFunctionInvocation().UseCompaction();
        using var provider = services.BuildServiceProvider();
        provider.GetRequiredService<IChatClient>().GetService<CompactingChatClient>()!.Compactor
            .ShouldBeSameAs(provider.GetRequiredService<Compactor>());
    }

    private static List<ChatMessage> Talk(int messages, int words, int from = 0) =>
    [
        .. Enumerable.Range(0, messages).Select(i => new ChatMessage(
            i % 2 == 0 ? ChatRole.User : ChatRole.Assistant,
            $"Entry {from}.{i}: {string.Join(' ', Enumerable.Range(i, words).Select(word => $"word{word}"))}")),
    ];
}

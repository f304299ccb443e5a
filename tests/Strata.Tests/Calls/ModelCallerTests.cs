using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Tests.Shared;

namespace Strata.Tests.Calls;

public sealed class ModelCallerTests
{
    [Fact]
    public async Task CallAsync_FirstModelAnswers_NobodyElseIsAsked()
    {
        var setup = new CallerSetup();
        var second = new FakeChatClient(FakeChatClient.Say("second"));
        var outcome = await setup.AskAsync(
            CallerSetup.Model("a/1", new FakeChatClient(FakeChatClient.Say("first"))), CallerSetup.Model("b/1", second));
        (outcome.Answer!.Text, outcome.Answer.Model, outcome.Failures.Count, second.Calls).ShouldBe(("first", "a/1", 0, 0));
        setup.Told.ShouldBe(["a/1 started", "a/1 answered"]);
    }

    [Fact]
    public async Task CallAsync_NoModels_IsAnOutcomeWithoutAnAnswer()
    {
        var outcome = await new CallerSetup().AskAsync();
        outcome.Answer.ShouldBeNull();
        outcome.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task CallAsync_Request_ReachesTheClientWithinTheModelsLimits()
    {
        var client = new FakeChatClient(FakeChatClient.Say("yes"));
        IReadOnlyList<ChatMessage> messages = [new(ChatRole.System, "You summarize."), new(ChatRole.User, "Go.")];
        await new ModelCaller().CallAsync(
            [CallerSetup.Model("a/1", client) with { OutputLimit = 150 }],
            model => CallerSetup.Request(model) with { Messages = messages, MaxOutputTokens = 1_024, Temperature = .25f },
            _ => null,
            TestContext.Current.CancellationToken);
        client.Given.ShouldBe(messages);
        (client.Options!.MaxOutputTokens, client.Options.Temperature).ShouldBe((150, .25f));
    }

    [Fact]
    public async Task CallAsync_RefusedAnswer_GoesToTheNextModelWithoutARetry()
    {
        var setup = new CallerSetup();
        var first = new FakeChatClient(FakeChatClient.Say("bad"));
        var outcome = await setup.AskAsync(
            answer => answer.Text == "bad" ? "in the wrong language" : null, TestContext.Current.CancellationToken,
            CallerSetup.Model("a/1", first), CallerSetup.Model("b/1", new FakeChatClient(FakeChatClient.Say("good"))));
        outcome.Answer!.Text.ShouldBe("good");
        first.Calls.ShouldBe(1);
        var failure = outcome.Failures.ShouldHaveSingleItem();
        (failure.Fault, failure.Reason).ShouldBe((CallFault.Rejected, "in the wrong language"));
        failure.Usage.OutputTokens.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task CallAsync_CheckThatThrows_RefusesTheAnswer()
    {
        var outcome = await new CallerSetup().AskAsync(
            _ => throw new InvalidOperationException("the pattern took too long"), TestContext.Current.CancellationToken,
            CallerSetup.Model("a/1", new FakeChatClient(FakeChatClient.Say("odd"))));
        outcome.Answer.ShouldBeNull();
        outcome.Failures.ShouldHaveSingleItem().Reason.ShouldContain("the pattern took too long");
    }

    [Fact]
    public async Task CallAsync_ObserverThatThrows_ChangesNothing()
    {
        var setup = new CallerSetup(other: new Grumbler());
        var outcome = await setup.RunAsync(
            CallerSetup.Model("a/1", FakeChatClient.Throws(() => new ModelCallException(CallFault.BadRequest, "no"))),
            CallerSetup.Model("b/1", new FakeChatClient(FakeChatClient.Say("yes"))));
        outcome.Answer!.Text.ShouldBe("yes");
        setup.Told.ShouldBe(["a/1 started", "a/1 BadRequest", "b/1 started", "b/1 answered"]);
    }

    [Fact]
    public async Task CallAsync_TranslatorThatThrows_IsNotAsked()
    {
        var setup = new CallerSetup(new CallOptions { Translate = _ => throw new InvalidOperationException("translator") });
        var outcome = await setup.AskAsync(CallerSetup.Model(
            "a/1", FakeChatClient.Throws(() => new ModelCallException(CallFault.ModelMissing, "gone"))));
        outcome.Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.ModelMissing);
    }

    [Fact]
    public async Task CallAsync_ForeignException_MeansWhatTheTranslatorSays()
    {
        var setup = new CallerSetup(new CallOptions
        {
            Translate = e => e is NotSupportedException ? new ModelCallException(CallFault.Unauthorized, "no key") : null
        });
        var outcome = await setup.AskAsync(CallerSetup.Model("a/1", FakeChatClient.Throws(() => new NotSupportedException())));
        outcome.Failures.ShouldHaveSingleItem().Fault.ShouldBe(CallFault.Unauthorized);
    }

    [Theory]
    [InlineData("Retries")]
    [InlineData("MaxRetryDelay")]
    [InlineData("ProviderLimits[ollama]")]
    [InlineData("Breaker.FailureRatio")]
    [InlineData("Breaker.Break")]
    public void Constructor_OptionOutOfBounds_NamesIt(string option)
    {
        var options = option switch
        {
            "Retries" => new CallOptions { Retries = -1 },
            "MaxRetryDelay" => new CallOptions { MaxRetryDelay = TimeSpan.FromMilliseconds(1) },
            "ProviderLimits[ollama]" => new CallOptions { ProviderLimits = new Dictionary<string, int> { ["ollama"] = 0 } },
            "Breaker.FailureRatio" => new CallOptions { Breaker = new BreakerOptions { FailureRatio = 1.5 } },
            _ => new CallOptions { Breaker = new BreakerOptions { Break = TimeSpan.Zero } },
        };
        Should.Throw<ArgumentOutOfRangeException>(() => new ModelCaller(options)).Message.ShouldContain($"{option} must be");
    }

    [Theory]
    [InlineData(0, 60, 8, "MaxOutputTokens")]
    [InlineData(200, 0, 8, "Timeout")]
    [InlineData(200, -1, 8, "Timeout")]
    [InlineData(200, 60, 0, "MaxParallel")]
    public async Task CallAsync_NumberOutOfBounds_NamesTheModelAndTheNumber(int tokens, int seconds, int parallel, string name)
    {
        var client = new FakeChatClient(FakeChatClient.Say("yes"));
        var error = await Should.ThrowAsync<ArgumentOutOfRangeException>(async () => await new ModelCaller().CallAsync(
            [CallerSetup.Model("a/1", client) with { MaxParallel = parallel }],
            model => CallerSetup.Request(model) with { MaxOutputTokens = tokens, Timeout = TimeSpan.FromSeconds(seconds) },
            _ => null));
        error.Message.ShouldContain($"a/1: {name} must be");
        client.Calls.ShouldBe(0);
    }

    private sealed class Grumbler : ICallObserver
    {
        public void OnStarted(string model, string purpose) => throw new InvalidOperationException("started");

        public void OnAnswered(CallAnswer answer, string purpose) => throw new InvalidOperationException("answered");

        public void OnFailed(CallFailure failure, string purpose) => throw new InvalidOperationException("failed");
    }
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Strata.Chat;
using Strata.Diagnostics;
using Strata.Tests.Shared;

namespace Strata.Tests.Diagnostics;

/// <summary>A compactor tells of its compactions, whoever calls it.</summary>
public sealed class CompactionTelemetryTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CompactAsync_Compactor_TellsWhatCameOfIt(bool force)
    {
        using var heard = new Listener();
        var result = await new Compactor(new CompactionOptions { Strategy = "truncate", Model = "gpt-4o" }).CompactAsync(
            new CompactionRequest { Messages = Talk(40), Force = force, Target = force ? 200 : null }, Token);
        result.Outcome.ShouldBe(force ? CompactionOutcome.Compacted : CompactionOutcome.Unchanged);
        var activity = heard.Activities.ShouldHaveSingleItem();
        activity.DisplayName.ShouldBe("compact");
        activity.ParentId.ShouldBe(heard.Call.Id);
        activity.GetTagItem("gen_ai.conversation.compacted").ShouldBe(force ? true : null);
        activity.GetTagItem("gen_ai.request.model").ShouldBe("gpt-4o");
        activity.GetTagItem("strata.tokens.after").ShouldBe(result.TokensAfter);
        heard.Measured["strata.compaction.saved_tokens"].ShouldBe([result.TokensBefore - result.TokensAfter]);
        heard.Measured["strata.compactions"].ShouldBe([1]);
        heard.Measured.ShouldContainKey("strata.compaction.duration");
    }

    [Fact]
    public async Task PrepareAsync_CompactionThatIsDropped_IsNotCounted()
    {
        using var heard = new Listener();
        await new Compactor().PrepareAsync(new CompactionRequest { Messages = Talk(40), Force = true, Target = 200 }, Token);
        heard.Activities.ShouldHaveSingleItem();
        heard.Measured.ShouldNotContainKey("strata.compactions");
    }

    [Fact]
    public async Task CompactAsync_StrategyThatFails_IsAnError()
    {
        using var heard = new Listener();
        await Should.ThrowAsync<ArgumentException>(
            async () => await new Compactor()
                .CompactAsync(new CompactionRequest { Messages = Talk(40), Force = true, Target = 200, Pins = [40] }, Token));
        heard.Activities.ShouldHaveSingleItem().Status.ShouldBe(ActivityStatusCode.Error);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task GetResponseAsync_ChatClient_TellsOnTheActivityOfTheCall(bool isStreaming)
    {
        using var heard = new Listener();
        using var client = new FakeChatClient().WithCompaction(NewCompactor());
        await AskAsync(Talk(4));
        heard.Call.GetTagItem("gen_ai.conversation.compacted").ShouldBeNull();
        await AskAsync(Talk(400));
        heard.Call.GetTagItem("gen_ai.conversation.compacted").ShouldBe(true);
        heard.Measured["strata.compactions"].ShouldBe([1]);

        async Task AskAsync(List<ChatMessage> messages)
        {
            if (isStreaming)
                await client.GetStreamingResponseAsync(messages, cancellationToken: Token).ToChatResponseAsync(Token);
            else
                await client.GetResponseAsync(messages, cancellationToken: Token);
        }
    }

    [Fact]
    public async Task ReduceAsync_Reducer_TellsOnTheActivityOfTheCall()
    {
        using var heard = new Listener();
        using var reducer = new CompactingChatReducer(NewCompactor());
        await reducer.ReduceAsync(Talk(400), Token);
        heard.Call.GetTagItem("gen_ai.conversation.compacted").ShouldBe(true);
        heard.Activities.ShouldHaveSingleItem().DisplayName.ShouldBe("compact");
    }

    private static Compactor NewCompactor() => new(new CompactionOptions { Window = 4_000, MinTokensToCompact = 0 });

    private static List<ChatMessage> Talk(int messages) =>
    [
        .. Enumerable.Range(0, messages).Select(i => new ChatMessage(
            i % 2 == 0 ? ChatRole.User : ChatRole.Assistant, $"Message {i} says something of no consequence.")),
    ];

    /// <summary>Hears what is told within the test that made it, while others run beside it.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly MeterListener _meter = new();
        private readonly ActivityListener _listener;

        public Listener()
        {
            _meter.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Source)
                    listener.EnableMeasurementEvents(instrument);
            };
            _meter.SetMeasurementEventCallback<long>((instrument, value, _, _) => Hear(instrument.Name, value));
            _meter.SetMeasurementEventCallback<double>((instrument, value, _, _) => Hear(instrument.Name, value));
            _meter.Start();
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == TelemetryNames.Source,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.TraceId == Call.TraceId)
                        Activities.Enqueue(activity);
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>The activity of the call that everything happens in.</summary>
        public Activity Call { get; } = new Activity("chat").Start();

        public ConcurrentQueue<Activity> Activities { get; } = [];

        public ConcurrentDictionary<string, List<double>> Measured { get; } = new(StringComparer.Ordinal);

        public void Dispose()
        {
            _meter.Dispose();
            _listener.Dispose();
            Call.Dispose();
        }

        private void Hear(string name, double value)
        {
            if (Activity.Current?.TraceId == Call.TraceId)
                Measured.GetOrAdd(name, _ => []).Add(value);
        }
    }
}

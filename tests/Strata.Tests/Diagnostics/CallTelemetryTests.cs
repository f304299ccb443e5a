using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Diagnostics;
using Strata.Models;
using Strata.Tests.Calls;
using Strata.Tests.Shared;

namespace Strata.Tests.Diagnostics;

/// <summary>The source and meter have one name for the process, so each test names its models so that it hears only itself.</summary>
public sealed class CallTelemetryTests
{
    [Fact]
    public async Task CallAsync_FailureThenAnswer_IsMeasuredByTheConventions()
    {
        using var heard = new Listener("measured");
        using var telemetry = new CallTelemetry();
        var setup = new CallerSetup(other: telemetry);
        var client = new FakeChatClient((call, _) => call == 0
            ? throw new ModelCallException(CallFault.RateLimited, "HTTP 429")
            : Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "done"))
            {
                Usage = new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 50, CachedInputTokenCount = 400 }
            }));
        await setup.RunAsync(CallerSetup.Model("ollama/measured", client) with { Prices = new ModelPrices(2, 10, null, null) });

        heard.Sum("strata.calls").ShouldBe(2);
        heard.Sum("strata.calls.active").ShouldBe(0);
        heard.Sum("strata.call.failures", ("error.type", "rate_limited"), ("strata.purpose", "level-1")).ShouldBe(1);
        heard.Sum("gen_ai.client.token.usage", ("gen_ai.token.type", "input"), ("gen_ai.provider.name", "ollama"),
            ("gen_ai.operation.name", "chat")).ShouldBe(1_000);
        heard.Sum("gen_ai.client.token.usage", ("gen_ai.token.type", "output")).ShouldBe(50);
        heard.Sum("strata.call.cost").ShouldBe(.0025, 1e-12);
        heard.Count("gen_ai.client.operation.duration").ShouldBe(2);
        heard.Count("gen_ai.client.operation.duration", ("error.type", "rate_limited")).ShouldBe(1);

        heard.Activities.Select(activity => (activity.DisplayName, activity.Kind, activity.Status, activity.GetTagItem("error.type")))
            .ShouldBe(
            [("chat measured", ActivityKind.Client, ActivityStatusCode.Error, "rate_limited"),
                ("chat measured", ActivityKind.Client, ActivityStatusCode.Unset, null)]);
        var answered = heard.Activities[1];
        (answered.GetTagItem("gen_ai.usage.input_tokens"), answered.GetTagItem("gen_ai.usage.output_tokens"),
            answered.GetTagItem("gen_ai.usage.cache_read.input_tokens"))
            .ShouldBe((1_000L, 50L, 400L));
        answered.GetTagItem("gen_ai.response.finish_reasons").ShouldBe(new[] { "stop" });
    }

    [Fact]
    public async Task CallAsync_CallsAtOnce_EachEndsItsOwnActivityAndLeavesTheCallersAlone()
    {
        using var heard = new Listener("parallel");
        using var telemetry = new CallTelemetry();
        var setup = new CallerSetup(other: telemetry);
        using var outer = new Activity("outer").Start();
        var seen = new ConcurrentBag<string?>();
        var all = new TaskCompletionSource<ChatResponse>();
        var client = new FakeChatClient((_, _) =>
        {
            seen.Add(Activity.Current?.Id);
            return all.Task;
        });
        var asked = Enumerable.Range(0, 8).Select(_ => setup.AskAsync(CallerSetup.Model("p/parallel", client))).ToArray();
        await client.CalledAsync(8);
        all.SetResult(FakeChatClient.Say("done"));
        await Task.WhenAll(asked);

        Activity.Current.ShouldBe(outer);
        heard.Activities.Count.ShouldBe(8);
        heard.Activities.ShouldAllBe(activity => activity.ParentId == outer.Id && activity.IsStopped);
        seen.Distinct().Order().ShouldBe(heard.Activities.Select(activity => activity.Id).Order());
    }

    [Fact]
    public async Task CallAsync_NotSent_IsAFailureAndNoCall()
    {
        using var heard = new Listener("skipped");
        using var telemetry = new CallTelemetry();
        var setup = new CallerSetup(cap: new Strata.Costs.SpendCap(0), other: telemetry);
        await setup.AskAsync(CallerSetup.Model("p/skipped", new FakeChatClient(FakeChatClient.Say("done"))) with
        {
            Prices = new ModelPrices(1, 1, null, null)
        });
        (heard.Sum("strata.calls"), heard.Sum("strata.call.failures", ("error.type", "spend_cap_reached")),
            heard.Count("gen_ai.client.operation.duration"), heard.Activities.Count)
            .ShouldBe((0, 1, 0, 0));
    }

    [Fact]
    public void OnWritten_AndReused_AreMeasuredByLevel()
    {
        using var heard = new Listener("writer");
        using var telemetry = new CallTelemetry();
        telemetry.OnWritten(CompactionMetricsTests.Node(2, 500, "p/writer", .75), 2_000);
        telemetry.OnReused(CompactionMetricsTests.Node(1, 200, "p/writer"), 900);
        (string, object?) second = ("strata.purpose", "level-2");
        (heard.Sum("strata.summaries.written", second), heard.Sum("strata.summaries.saved_tokens", second),
            heard.Sum("strata.summaries.compression_ratio", second), heard.Sum("strata.summaries.coherence", second))
            .ShouldBe((1, 1_500, .25, .75));
        heard.Sum("strata.summaries.store_hits", ("strata.purpose", "level-1")).ShouldBe(1);
    }

    [Fact]
    public void ErrorType_EveryFault_HasItsOwnName()
    {
        var names = Enum.GetValues<CallFault>().Select(Naming.ErrorType).ToList();
        names.Distinct().Count().ShouldBe(names.Count);
    }

    /// <summary>Hears what names <paramref name="model"/>, or everything.</summary>
    private sealed class Listener : IDisposable
    {
        private readonly string? _model;
        private readonly MeterListener _meter = new();
        private readonly ActivityListener _listener;
        private readonly ConcurrentQueue<(string Name, double Value, Dictionary<string, object?> Tags)> _measured = [];
        private readonly ConcurrentQueue<Activity> _stopped = [];

        public Listener(string? model)
        {
            _model = model;
            _meter.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == TelemetryNames.Source)
                    listener.EnableMeasurementEvents(instrument);
            };
            _meter.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
            _meter.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument.Name, value, tags));
            _meter.Start();
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == TelemetryNames.Source,
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = _stopped.Enqueue,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<Activity> Activities => [.. _stopped.Where(activity => Equals(activity.GetTagItem("gen_ai.request.model"), _model))];

        public double Sum(string name, params (string Key, object? Value)[] tags) => Find(name, tags).Sum(measured => measured.Value);

        public int Count(string name, params (string Key, object? Value)[] tags) => Find(name, tags).Count();

        public void Dispose()
        {
            _meter.Dispose();
            _listener.Dispose();
        }

        private IEnumerable<(string Name, double Value, Dictionary<string, object?> Tags)> Find(
            string name, (string Key, object? Value)[] tags) => _measured
            .Where(measured => measured.Name == name && tags.All(tag => Equals(measured.Tags.GetValueOrDefault(tag.Key), tag.Value)))
            .Where(measured => !measured.Tags.TryGetValue("gen_ai.request.model", out var model) || Equals(model, _model));

        private void Hear(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
            _measured.Enqueue((name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value, StringComparer.Ordinal)));
    }
}

using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Strata.Calls;
using Strata.Cli.Ladders;
using Strata.Ladder;
using Strata.Summaries;

namespace Strata.Cli.Tests.Ladders;

public sealed class ProgressTests
{
    private static readonly CallUsage Usage = new(1_000, 100, 0, .01m, TimeSpan.FromSeconds(2));

    [Fact]
    public void PlainProgress_ManyParts_WritesALineALevelAndOneEveryFiveSeconds()
    {
        var clock = new FakeTimeProvider();
        using var error = new StringWriter();
        using var terminal = new Terminal(() => Stream.Null, Stream.Null, error) { Time = clock };
        var log = new RunLog(clock);
        using (new PlainProgress(terminal, log, maxCost: 1))
        {
            log.OnPlanned(new Dictionary<int, int> { [1] = 12, [2] = 1 });
            for (var i = 0; i < 12; i++)
            {
                clock.Advance(TimeSpan.FromSeconds(1));
                Write(log, i, level: 1);
            }

            Write(log, 12, level: 2);
        }

        error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).ShouldBe(
        [
            "0 of 13 parts (level 1: 0/12, level 2: 0/1); 0 calls; 0 tokens in, 0 out; $0 of $1.00",
            "4 of 13 parts (level 1: 4/12, level 2: 0/1); 5 calls; 4,000 tokens in, 400 out; $0.04 of $1.00; about 0:11 left",
            "9 of 13 parts (level 1: 9/12, level 2: 0/1); 10 calls; 9,000 tokens in, 900 out; $0.09 of $1.00; about 0:04 left",
            "12 of 13 parts (level 1: 12/12, level 2: 0/1); 12 calls; 12,000 tokens in, 1,200 out; $0.12 of $1.00; about 0:01 left",
            "13 of 13 parts (level 1: 12/12, level 2: 1/1); 13 calls; 13,000 tokens in, 1,300 out; $0.13 of $1.00",
        ]);
    }

    [Fact]
    public void PlainProgress_LevelThatFails_EndsWithALineThatSaysSo()
    {
        using var error = new StringWriter();
        using var terminal = new Terminal(() => Stream.Null, Stream.Null, error);
        var log = new RunLog(new FakeTimeProvider());
        using (new PlainProgress(terminal, log, maxCost: null))
        {
            log.OnPlanned(new Dictionary<int, int> { [1] = 2 });
            log.OnWritten(Node(0, level: 0), 500);
            log.OnWritten(Node(1, level: 0), 500);
        }

        error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]
            .ShouldStartWith("2 of 2 parts (level 1: 0/2, level 0 instead: 2); ");
    }

    [Fact]
    public void State_PlannedTwice_KeepsWhatIsDoneAndCountsLevel0Once()
    {
        var log = new RunLog(new FakeTimeProvider());
        log.OnPlanned(new Dictionary<int, int> { [1] = 3 });
        Write(log, 0, level: 1);
        Write(log, 1, level: 0);
        Write(log, 2, level: 0);

        log.OnPlanned(new Dictionary<int, int> { [1] = 3 });

        log.State().Levels.ShouldBe([new LevelProgress(1, 1, 4)]);
        log.State().Instead.ShouldBe(0);
        log.OnReused(Node(0, level: 1), 500);
        log.Nodes.Count.ShouldBe(3);
        log.Nodes.ShouldAllBe(node => !node.Reused);
    }

    [Theory]
    [InlineData(0, 10, null)]
    [InlineData(5, 10, 60)]
    [InlineData(10, 10, null)]
    public void Left_Pace_IsThatOfWhatIsDone(int done, int planned, int? seconds)
    {
        var state =
            new ProgressState([new LevelProgress(1, done, planned)], 0, new Strata.Diagnostics.CompactionTotals(), TimeSpan.FromMinutes(1));

        state.Left.ShouldBe(seconds is { } expected ? TimeSpan.FromSeconds(expected) : null);
    }

    private static void Write(RunLog log, int number, int level)
    {
        log.OnStarted("ollama/a", "level-1");
        log.OnAnswered(new CallAnswer("ollama/a", "text", WasCut: false, Usage), "level-1");
        log.OnWritten(Node(number, level), 500);
    }

    private static SummaryNode Node(int number, int level) =>
        new(number.ToString(CultureInfo.InvariantCulture), level, "text", 10, level == 0 ? "extractive" : "ollama/a", Usage, []);
}

using System.Text;
using Strata.Cli.Output;
using Strata.Cli.Reports;
using Strata.Cli.Tests.Support;
using Strata.Models;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Cli.Tests.Output;

/// <summary>What a person reads, from numbers that no strategy and no tokenizer can move.</summary>
public sealed class TextTests
{
    private static readonly CompactReport Compacted = new()
    {
        File = "session.jsonl",
        Format = "claude-code",
        Output = "session.compacted.jsonl",
        OutputFormat = "claude-code",
        OutputBytes = 312_456,
        Outcome = CompactionOutcome.Compacted,
        Reason = "126,746 tokens became 22,863",
        Model = new ModelReport("claude-opus-4-5-20251101", "claude-opus-4-5", ModelMatchKind.Dated, "a dated name"),
        Counter = new CounterReport("o200k_base × 1.2 (claude)", Exact: false, .2),
        Window = 200_000,
        WindowIsKnown = true,
        Available = 180_000,
        Threshold = 126_000,
        Target = 25_349,
        Before = 126_746,
        After = 22_863,
        Strategy = "hybrid",
        Groups = new ActionTotals(new(12, 28, 12_117, 12_117), new(1, 3, 2_914, 2_767), new(38, 219, 111_308, 7_572), new(0, 0, 0, 0)),
        Request = 407,
        Messages = new MessageTotals(250, 32, 219, 31),
        Rungs = [Rungs.ClearToolResults, Rungs.Shorten],
        Levels = [0],
        SummaryTokens = 7_568,
        Problems = [.. Enumerable.Range(1, 7).Select(line => new ProblemReport($"line {line}", "is not a JSON object; kept as it is"))],
        Notes = ["50% would be 63,373 tokens; lowered to 25,349."],
        Milliseconds = 1_234,
    };

    [Fact]
    public void Compact_Compacted_SaysWhatHappened() =>
        Print(80, screen => CompactText.Write(screen, Compacted)).ShouldLookLike("compact.80");

    [Fact]
    public void Compact_Unchanged_SaysWhyAndTheWayOut() =>
        Print(80, screen => CompactText.Write(screen, Compacted with
        {
            Outcome = CompactionOutcome.Unchanged, Reason = "110,000 tokens are below the threshold of 126,000", Before = 110_000,
            After = 110_000, Groups = null,
            Output = null, OutputBytes = null, Problems = [], Notes = [], Milliseconds = 12,
        })).ShouldLookLike("compact.unchanged");

    [Fact]
    public void Plan_IntoAPipe_CutsNothing() => Print(null, screen => PlanText.Write(screen, Plan())).ShouldLookLike("plan");

    [Fact]
    public void Plan_OnATerminal_FitsEightyColumns() => Print(80, screen => PlanText.Write(screen, Plan())).ShouldLookLike("plan.80");

    [Fact]
    public void PlanNotes_NotDue_SayWhatCompactWouldNeed() =>
        Print(80, screen => PlanText.WriteNotes(screen, Plan())).ShouldLookLike("plan.notes");

    private static PlanReport Plan() => new()
    {
        File = "session.jsonl",
        Format = "claude-code",
        Model = Compacted.Model,
        Counter = Compacted.Counter,
        Window = 200_000,
        Threshold = 126_000,
        Target = 25_349,
        Before = 33_010,
        After = 13_067,
        Due = false,
        Strategy = "hybrid",
        Request = 10,
        Rungs = [Rungs.Shorten],
        Groups =
        [
            new(1, "0123456789ab", GroupKind.User, 1, 1, "line 1",
                "Add a --celsius flag to the forecast command. Never touch files under vendor/.", 3_000,
                GroupAction.Keep, "the user's task", 3_000),
            new(2, "0123456789ac", GroupKind.ToolCall, 1, 2, "line 2", "Read /home/ada/weather/forecast.py", 20_000, GroupAction.Shorten,
                "long, cut to head and tail", 4_000),
            new(3, "0123456789ad", GroupKind.Assistant, 1, 1, "line 4", "天気予報のコマンドに摂氏のフラグを追加しました。テストはすべて成功しています。", 4_000,
                GroupAction.Summarize, "older than what is kept", 0),
            new(4, "0123456789ae", GroupKind.OrphanResult, 1, 1, "line 5", "a result", 5_000, GroupAction.Drop, "result without its call",
                0),
            new(5, "0123456789af", GroupKind.User, 2, 1, "line 6", "Then go on.", 1_000, GroupAction.Keep, "newest user message", 1_000),
        ],
        Summaries = [new(3, 4, 2, 5_050, [])],
        Problems = [],
        Notes = [],
    };

    private static string Print(int? width, Action<Screen> print)
    {
        using var output = new MemoryStream();
        using (var terminal = new Terminal(() => Stream.Null, output, TextWriter.Null) { Width = width })
        {
            using var screen = Screen.Output(terminal);
            print(screen);
        }

        var text = Encoding.UTF8.GetString(output.ToArray());
        if (width is { } columns)
            text.Split('\n').ShouldAllBe(line => CellText.Width(line) <= columns);
        return text;
    }
}

using System.Globalization;
using Strata.Reducing.Lines;
using Strata.Reducing.Logs;

namespace Strata.Reducing.Tests;

/// <summary>
/// Test runs: failures with their assertion and place word for word, totals, and how many passed; what passed is not listed.
/// </summary>
internal sealed class TestRunReducer : IReducer
{
    // In a failure's own section; more lines alike are a log that was captured.
    private const int MostAlike = 8;

    public string Kind => "tests";

    public double Detect(ToolOutput output) => Read(output) is not { } run ? 0 : GoTestJson.IsRecord(output.Text) ? 1 : .95;

    public string? Reduce(ToolOutput output, int maxChars) => output.Smaller(Read(output)?.Write(maxChars), maxChars);

    private static Run? Read(ToolOutput output)
    {
        if (!TestLines.MayStandIn(output.Text))
            return null;
        var printed = GoTestJson.ToText(output.Text);
        var run = new Run(printed is null ? output.Lines : new TextLines(printed), AskedNames.Of(output));
        return run.IsTestRun() ? run : null;
    }

    private enum State
    {
        Outside,
        Passed,
        Failed,
    }

    private sealed class Run(TextLines lines, AskedNames asked)
    {
        private readonly LineSelection _kept = new(lines);
        private readonly HashSet<string> _failing = new(StringComparer.Ordinal);
        private readonly HashSet<string> _withFailingSubtest = new(StringComparer.Ordinal);
        private int _passed;
        private int _firstPassed = -1;

        public bool IsTestRun()
        {
            int verdicts = 0, passed = 0;
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                verdicts += TestLines.IsVerdict(line) ? 1 : 0;
                passed += TestLines.IsPassed(line) ? 1 : 0;
                if (TestLines.FailedGoTest(line) is not { Length: > 0 } name)
                    continue;
                _failing.Add(name.ToString());
                if (name.IndexOf('/') is > 0 and var slash)
                    _withFailingSubtest.Add(name[..slash].ToString());
            }

            return lines.Count >= 5 && verdicts > 0 && verdicts + passed >= 2;
        }

        public string? Write(int maxChars)
        {
            var groups = new LineGroups(lines);
            var state = State.Outside;
            var isSection = false;
            bool? goTestFails = null;
            for (var i = 0; i < lines.Count; i++)
            {
                var line = lines[i];
                if (line.IsWhiteSpace())
                    continue;
                var place = groups.NextPlaceOf(i);
                if (asked.StandIn(line) && !TestLines.IsPassed(line))
                    _kept.Keep(i, LineRank.Verdict);
                if (TestLines.IsSection(line))
                {
                    isSection = TestLines.IsFailureSection(line);
                    _kept.Keep(i, isSection ? LineRank.Verdict : LineRank.Single);
                }
                else if ((isSection && !TestLines.IsVerdict(line)) || (goTestFails is true && !TestLines.EndsGoTest(line)))
                {
                    if (groups.LikeOf(i) <= MostAlike || place < MostAlike || FailureWords.IsFailure(line))
                        _kept.Keep(i, TestLines.IsFailed(line) || FailureWords.IsFailure(line) ? LineRank.Verdict : LineRank.Detail);
                }
                else if (TestLines.IsPassed(line))
                {
                    Pass(i, line);
                    state = State.Passed;
                    goTestFails = TestLines.RunningGoTest(line) is { Length: > 0 } name ? IsFailing(name) : null;
                }
                else if (TestLines.IsVerdict(line))
                {
                    (isSection, state) = (false, TestLines.IsFailed(line) ? State.Failed : State.Outside);
                    _kept.Keep(i, LineRank.Verdict);
                }
                else if (TestLines.IsFailed(line))
                {
                    (state, goTestFails) = (State.Failed, null);
                    _kept.Keep(i, LineRank.Verdict);
                }
                else if (goTestFails is false || (state == State.Passed && char.IsWhiteSpace(line[0])))
                {
                    _kept.Count(i);
                }
                else if (state == State.Failed && LogLines.IsBelow(line))
                {
                    _kept.Keep(i, LineRank.Detail);
                }
                else if (FailureWords.IsFailure(line))
                {
                    _kept.Keep(i, LineRank.Verdict);
                    state = State.Failed;
                }
                else
                {
                    state = State.Outside;
                    if (groups.LikeOf(i) < LineGroups.Often || groups.IsData(i))
                        _kept.Keep(i, LineRank.Single);
                    else if (place == 0 || groups.IsLast(i))
                        _kept.Keep(i, LineRank.Sample);
                }
            }

            if (_passed > 0)
                _kept.Note(_firstPassed, string.Create(CultureInfo.InvariantCulture, $"[{_passed:N0} passed, left out]"));
            return _kept.Write(maxChars);
        }

        private void Pass(int line, ReadOnlySpan<char> text)
        {
            _kept.Count(line);
            if (TestLines.RunningGoTest(text).Length > 0 || text is "PASS")
                return;
            _passed += TestLines.PassedIn(text);
            if (_firstPassed < 0)
                _firstPassed = line;
        }

        // A subtest's output belongs to a failure where the subtest or the test around it failed.
        private bool IsFailing(ReadOnlySpan<char> name)
        {
            var known = _failing.GetAlternateLookup<ReadOnlySpan<char>>();
            return known.Contains(name) || (name.IndexOf('/') is > 0 and var slash && known.Contains(name[..slash])
                && !_withFailingSubtest.GetAlternateLookup<ReadOnlySpan<char>>().Contains(name[..slash]));
        }
    }
}

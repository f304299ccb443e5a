using System.Globalization;
using Strata.Cli.Output;
using static Strata.Cli.Output.Numbers;

namespace Strata.Cli.Ladders;

/// <summary>The words of the progress display.</summary>
internal static class ProgressText
{
    public const string Stopping = "stopping: what is written stays, level 0 does the rest; Ctrl-C again: no file";

    public static string Line(ProgressState state, decimal? maxCost)
    {
        var levels = string.Join(
            ", ", state.Levels.Where(level => level.Planned > 0)
                .Select(level => $"level {Of(level.Level)}: {Of(level.Done)}/{Of(level.Planned)}"));
        return $"{Of(state.Done)} of {Of(state.Planned, "part")} "
            + $"({levels}{(state.Instead > 0 ? $", level 0 instead: {Of(state.Instead)}" : "")}); "
            + $"{Calls(state, maxCost)}{Left(state, "; ")}";
    }

    public static string Calls(ProgressState state, decimal? maxCost)
    {
        var calls = state.Calls;
        var failed = calls.Failures > 0 ? $", {Of(calls.Failures)} failed" : "";
        var cost = maxCost is { } most ? $"{Dollars(calls.Cost)} of {Dollars(most)}" : Dollars(calls.Cost);
        return $"{Of(calls.Calls, "call")}{failed}; {Of(calls.TokensIn)} tokens in, {Of(calls.TokensOut)} out; {cost}";
    }

    public static string Left(ProgressState state, string before) => state.Left is { } left ? $"{before}about {Clock(left)} left" : "";

    public static string Clock(TimeSpan time) =>
        time.ToString(time.TotalHours >= 1 ? @"h\:mm\:ss" : @"m\:ss", CultureInfo.InvariantCulture);
}

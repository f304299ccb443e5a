using System.Globalization;

namespace Strata.Ladder;

/// <summary>Finds levels that cannot work together.</summary>
internal static class LadderCheck
{
    // Timers take no more than some weeks.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    public static void Check(LadderOptions options)
    {
        if (options.Levels.Count == 0)
            throw new ArgumentException("A ladder needs at least one level: give the model of level 1, 2 or 3.", nameof(options));
        foreach (var level in options.Levels)
            Check(level, nameof(options));
        for (var i = 1; i < options.Levels.Count; i++)
            Check(options.Levels[i - 1], options.Levels[i], options.Shape.FanOut, nameof(options));
        if (options.Shape.FanOut < 2)
            throw new ArgumentException(
                FormattableString.Invariant($"A fan-out of {options.Shape.FanOut} makes nothing shorter: give 2 or more."),
                nameof(options));
        if (options.Shape.PassThroughTokens < 0 || options.Shape.PieceTokens < 1 || options.Shape.LedgerShare is < 0 or >= 1 or double.NaN)
            throw new ArgumentException(
                "The shape of the ladder: tokens that pass through are 0 or more, pieces 1 or more, the ledger's share from 0 to below 1.",
                nameof(options));
        if (options.MaxWait <= TimeSpan.Zero || options.MaxWait > Longest)
            throw new ArgumentException($"The longest wait must be above zero and at most a day, not {options.MaxWait}.", nameof(options));
    }

    private static void Check(LevelOptions level, string parameter)
    {
        if (level.Level is < 1 or > 3)
            throw new ArgumentException(
                FormattableString.Invariant(
                    $"There is no level {level.Level} that a model writes: give 1 (a turn), 2 (ten turns) or 3 (the whole)."), parameter);
        if (level.Models.Count == 0)
            throw new ArgumentException(FormattableString.Invariant($"Level {level.Level} has no model."), parameter);
        if (level.MaxTokens < 1)
            throw new ArgumentException(
                FormattableString.Invariant($"Level {level.Level}: {level.MaxTokens} tokens for a summary; give 1 or more."), parameter);
        if (level.Timeout <= TimeSpan.Zero || level.Timeout > Longest)
            throw new ArgumentException(
                FormattableString.Invariant($"Level {level.Level}: a timeout of {level.Timeout} must be above zero and at most a day."),
                parameter);
        if (level.Models.FirstOrDefault(model => model.MaxParallel < 1 || model.OutputLimit < 1) is { } model)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Level {level.Level}: {model.Name} needs {nameof(model.MaxParallel)} "
                + $"and {nameof(model.OutputLimit)} of 1 or more, not {model.MaxParallel} and {model.OutputLimit}."), parameter);
    }

    private static void Check(LevelOptions lower, LevelOptions higher, int fanOut, string parameter)
    {
        if (higher.Level <= lower.Level)
            throw new ArgumentException(
                FormattableString.Invariant($"Level {higher.Level} stands after level {lower.Level}: give levels ascending, each once."),
                parameter);
        if (higher.MaxTokens >= (long)lower.MaxTokens * fanOut)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Level {higher.Level} would expand: {fanOut} summaries of {lower.MaxTokens:N0} tokens become "
                    + $"one of {higher.MaxTokens:N0}. Give it fewer than {(long)lower.MaxTokens * fanOut:N0}."), parameter);
    }
}

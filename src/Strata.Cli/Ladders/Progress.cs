namespace Strata.Cli.Ladders;

/// <summary>Shows on standard error how far the models are: redrawn on a terminal, a line now and then elsewhere.</summary>
internal static class Progress
{
    /// <summary>Runs <paramref name="work"/>; the first Ctrl-C meanwhile ends only the calls.</summary>
    public static async Task<T> ShowAsync<T>(Terminal terminal, LadderRun run, bool quiet, Func<Task<T>> work)
    {
        var redraws = !quiet && terminal.CanRedraw && terminal.ErrorWidth is not null;
        using var firstInterrupt = terminal.Interrupts.EndCallsFirst(() =>
        {
            if (!redraws)
                terminal.Error.WriteLine("strata: " + ProgressText.Stopping);
        });
        if (quiet)
            return await work().ConfigureAwait(false);
        if (redraws)
            return await LiveProgress.ShowAsync(terminal, run, work).ConfigureAwait(false);
        using var lines = new PlainProgress(terminal, run.Log, run.MaxCost);
        return await work().ConfigureAwait(false);
    }
}

using Strata.Cli;

return await CommandLine.RunAsync(args, Terminal.OfProcess()).ConfigureAwait(false);

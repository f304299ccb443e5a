using Strata.Cli;

using var terminal = Terminal.OfProcess();
using var signals = new Signals(terminal);
return await CommandLine.RunAsync(args, terminal).ConfigureAwait(false);

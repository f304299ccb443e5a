using Strata.Cli;

using var terminal = Terminal.OfProcess();
using var interrupts = terminal.Interrupts;
using var signals = new Signals(terminal);
return await CommandLine.RunAsync(args, terminal).ConfigureAwait(false);

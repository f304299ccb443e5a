using Strata.Cli;

using var terminal = Terminal.OfProcess();
using var interrupts = terminal.Interrupts;
using var signals = new Signals(terminal);
return await CommandLine.RunAsync(args, terminal).ConfigureAwait(false);

/// <summary>The command line's entry. Named here, because ASP.NET Core makes it public otherwise.</summary>
internal sealed partial class Program;

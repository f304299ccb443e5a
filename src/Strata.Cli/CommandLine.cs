using System.CommandLine;
using System.CommandLine.Invocation;
using Strata.Cli.Commands;
using Strata.Cli.Mcp;

namespace Strata.Cli;

/// <summary>The command <c>strata</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var result = Build(terminal).Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (result.Action is ParseErrorAction)
                return ReportUsage(result, terminal);
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Text,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,

                // Signals reach a command through the terminal, which tells a first Ctrl-C from a second.
                ProcessTerminationTimeout = null,
            };
            using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, terminal.Interrupts.Everything);
            var exitCode = await result.InvokeAsync(configuration, ends.Token).ConfigureAwait(false);
            return args.Length == 0 ? ExitCodes.BadInput : exitCode;
        }
        catch (IOException e) when (Terminal.IsBrokenPipe(e))
        {
            return ExitCodes.Done;
        }
#pragma warning disable CA1031 // The last place where a failure can become words instead of a stack trace.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return Failures.Report(e, terminal.Error);
        }
        finally
        {
            terminal.Flush();
        }
    }

    public static RootCommand Build(Terminal terminal)
    {
        var root = new RootCommand("Keeps an LLM agent's conversation inside its context window without losing what matters.")
        {
            CompactCommand.Create(terminal),
            PlanCommand.Create(terminal),
            CountCommand.Create(terminal),
            InspectCommand.Create(terminal),
            RecallCommand.Create(terminal),
            SearchCommand.Create(terminal),
            UndoCommand.Create(terminal),
            SessionsCommand.Create(terminal),
            ReceiptsCommand.Create(terminal),
            ExportCommand.Create(terminal),
            DoctorCommand.Create(terminal),
            PruneCommand.Create(terminal),
            RankCommand.Create(terminal),
            ModelsCommand.Create(terminal),
            McpCommand.Create(terminal),
            CompletionCommand.Create(terminal),
        };
        root.HelpName = "strata";
        HelpWithExamples.AddTo(root, terminal.Width);
        return root;
    }

    private static int ReportUsage(ParseResult result, Terminal terminal)
    {
        var command = CommandPath(result.CommandResult.Command);
        foreach (var message in result.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            terminal.Error.WriteLine("strata: " + message);
        terminal.Error.WriteLine($"Try '{command} --help'.");
        return ExitCodes.BadInput;
    }

    private static string CommandPath(Command command) => command is RootCommand ? "strata" : $"strata {command.Name}";
}

using System.CommandLine;
using System.CommandLine.Invocation;
using Strata.Cli.Commands;
using Strata.Cli.Mcp;

namespace Strata.Cli;

/// <summary>The command <c>strata</c>.</summary>
internal static class CommandLine
{
    /// <summary>Every command, in the order of the help.</summary>
    public static IReadOnlyList<CommandFactory> All { get; } =
    [
        CompactCommand.Entry,
        PlanCommand.Entry,
        CountCommand.Entry,
        InspectCommand.Entry,
        RecallCommand.Entry,
        SearchCommand.Entry,
        UndoCommand.Entry,
        SessionsCommand.Entry,
        ReceiptsCommand.Entry,
        ExportCommand.Entry,
        DoctorCommand.Entry,
        PruneCommand.Entry,
        RankCommand.Entry,
        ModelsCommand.Entry,
        McpCommand.Entry,
        ServeCommand.Entry,
        WrapCommand.Entry,
        CompletionCommand.Entry,
    ];

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var result = Build(args, terminal)
            .Parse(args.Length == 0 ? ["--help"] : args, new ParserConfiguration { ResponseFileTokenReplacer = null });
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

    /// <summary>
    /// The program with the one command that the arguments name, and the others as a list shows them. A shell that asks for completions
    /// gets all.
    /// </summary>
    private static RootCommand Build(string[] args, Terminal terminal)
    {
        var root = new RootCommand("Keeps an LLM agent's conversation inside its context window without losing what matters.")
            { HelpName = "strata" };
        var named = args.FirstOrDefault(arg => !arg.StartsWith('-'));
        var isCompletion = named?.StartsWith('[') == true;
        foreach (var entry in All)
            root.Add(isCompletion || entry.Name == named ? entry.Create(terminal) : entry.List());
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

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Strata.Cli.Commands;

namespace Strata.Cli;

/// <summary>The command <c>strata</c>.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        var result = Build(terminal).Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        try
        {
            if (result.Action is ParseErrorAction)
                return ReportUsage(result, terminal);
            var configuration = new InvocationConfiguration
            {
                Output = terminal.Text,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
            };
            return await result.InvokeAsync(configuration, cancellationToken).ConfigureAwait(false);
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
        };
        HelpWithExamples.AddTo(root, terminal.Width);
        return root;
    }

    private static int ReportUsage(ParseResult result, Terminal terminal)
    {
        var command = CommandPath(result.CommandResult.Command);
        if (result.CommandResult.Command is RootCommand && result.Tokens.Count == 0)
        {
            new HelpAction().Invoke(result);
            return ExitCodes.BadInput;
        }

        foreach (var message in result.Errors.Select(error => error.Message).Distinct(StringComparer.Ordinal))
            terminal.Error.WriteLine("strata: " + message);
        terminal.Error.WriteLine($"Try '{command} --help'.");
        return ExitCodes.BadInput;
    }

    private static string CommandPath(Command command) => command is RootCommand ? "strata" : $"strata {command.Name}";
}

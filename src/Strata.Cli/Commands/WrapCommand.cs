using System.CommandLine;
using System.ComponentModel;
using System.Diagnostics;
using Strata.Cli.Archives;

namespace Strata.Cli.Commands;

/// <summary><c>strata wrap</c>: an agent that goes through a gateway of its own for one run.</summary>
internal sealed class WrapCommand
{
    public static readonly CommandFactory Entry = new(
        "wrap", "Runs an agent with its requests going through a gateway, which ends with it.", Create, "PROGRAM");

    private readonly Terminal _terminal;
    private readonly ArchiveOptions _archive = new();
    private readonly GatewaySettings _settings = new();

    private readonly Argument<string> _program = new("PROGRAM")
    {
        Description = "The agent, with its own arguments behind it; behind -- where an option has the name of one of ours.",
    };

    private WrapCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var wrap = new WrapCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata wrap claude", "strata wrap --window 64k claude -p 'Fix the build.'", "strata wrap codex exec 'Fix the build.'",
            ],
            TreatUnmatchedTokensAsErrors = false,
        };
        command.Add(wrap._program);
        wrap._settings.AddTo(command);
        wrap._archive.AddTo(command);
        command.SetAction(wrap.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var options = _settings.Read(result, _terminal) with { Urls = ["http://127.0.0.1:0"] };
        var place = _archive.Choose(result, _terminal);
        var archive = await _terminal.OpenArchive(new ArchiveRequest(place, _terminal.Time, MayCreate: true), cancellationToken)
            .ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var server = await GatewaySettings.StartAsync(options, archive, _terminal, cancellationToken).ConfigureAwait(false);
        await using var stopped = server.ConfigureAwait(false);
        using var left = _terminal.Interrupts.LeaveToProgram();
        using var program = Start(result.GetRequiredValue(_program), result.UnmatchedTokens, server.Urls.First());
        await program.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
        return program.ExitCode;
    }

    // Nothing outside the new process is changed, so there is nothing to restore, whatever ends first.
    private static Process Start(string program, IEnumerable<string> arguments, string url)
    {
        var start = new ProcessStartInfo(program)
        {
            UseShellExecute = false,
            Environment =
            {
                ["ANTHROPIC_BASE_URL"] = url,
                ["OPENAI_BASE_URL"] = url + "/v1",
                ["OLLAMA_HOST"] = url,
            },
        };
        if (Path.GetFileNameWithoutExtension(program) == "codex")
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add($"openai_base_url=\"{url}/v1\"");
        }

        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new CliException($"{program} cannot be started: {e.Message}", innerException: e);
        }
    }
}

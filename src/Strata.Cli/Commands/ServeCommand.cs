using System.CommandLine;
using Strata.Cli.Archives;

namespace Strata.Cli.Commands;

/// <summary><c>strata serve</c>: the gateway between agents and their vendors.</summary>
internal sealed class ServeCommand
{
    public static readonly CommandFactory Entry = new(
        "serve", "Stands between agents and their model vendors and keeps every request inside the window.", Create);

    private const string KeyVariable = "STRATA_GATEWAY_KEY";

    private readonly Terminal _terminal;
    private readonly ArchiveOptions _archive = new();

    private readonly Option<string[]> _urls = new("--urls")
    {
        Description = "An address to listen on. Repeatable. Default: http://127.0.0.1:4141. Beyond this machine a key is required: "
            + $"{KeyVariable}.",
        HelpName = "URL",
    };

    private readonly GatewaySettings _settings = new();

    private ServeCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var serve = new ServeCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata serve                                               # on 127.0.0.1:4141",
                "ANTHROPIC_BASE_URL=http://127.0.0.1:4141 claude            # an agent that goes through it",
                "strata serve --window 32k --upstream openai=http://127.0.0.1:8000",
            ],
        };
        command.Add(serve._urls);
        serve._settings.AddTo(command);
        serve._archive.AddTo(command);
        command.SetAction(serve.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var options = _settings.Read(result, _terminal) with { Key = _terminal.Environment(KeyVariable) };
        if (result.GetValue(_urls) is { Length: > 0 } urls)
            options = options with { Urls = urls };
        var place = _archive.Choose(result, _terminal);
        var archive = await _terminal.OpenArchive(new ArchiveRequest(place, _terminal.Time, MayCreate: true), cancellationToken)
            .ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var server = await GatewaySettings.StartAsync(options, archive, _terminal, cancellationToken).ConfigureAwait(false);
        await using var stopped = server.ConfigureAwait(false);
        foreach (var url in server.Urls)
            _terminal.Error.WriteLine($"strata: serving on {url}; the archive is {place.Name} and nothing in it is removed. Ctrl-C ends.");
        using var draining = _terminal.Interrupts.EndCallsFirst(
            () => _terminal.Error.WriteLine("strata: no new requests; those under way come to their end. Ctrl-C cuts them off."),
            drains: true);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _terminal.Interrupts.Calls);
        var ends = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = first.Token.Register(ends.SetResult).ConfigureAwait(false);
        await ends.Task.ConfigureAwait(false);
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
        return cancellationToken.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Done;
    }
}

using System.CommandLine;
using Strata.Cli.Archives;
using Strata.Gateway;

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
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<string[]> _upstreams = new("--upstream")
    {
        Description =
            $"Another address for the requests of a vendor: {string.Join(", ", GatewayUpstream.Names.Keys)}. Repeatable. "
            + "STRATA_UPSTREAM_KEY_NAME holds a key in the place of the client's.",
        HelpName = "NAME=URL",
        AllowMultipleArgumentsPerToken = false,
    };

    private readonly Option<int?> _window = new("--window")
    {
        Description = "The window of every model in tokens. Default: the model's own.",
        HelpName = "TOKENS",
        CustomParser = Amount.ParseTokens,
    };

    private readonly Option<string> _mode = new("--mode")
    {
        Description = "What is done with a request that would not fit: transparent (shorten it), native (refuse it in the vendor's words), "
            + "observe (count only). Default: transparent.",
        HelpName = "MODE",
    };

    private ServeCommand(Terminal terminal)
    {
        _terminal = terminal;
        _mode.AcceptOnlyFromAmong([.. Enum.GetNames<GatewayMode>().Select(name => name.ToLowerInvariant())]);
    }

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
        command.Add(serve._upstreams);
        command.Add(serve._window);
        command.Add(serve._mode);
        serve._archive.AddTo(command);
        command.SetAction(serve.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        var options = Read(result);
        var place = _archive.Choose(result, _terminal);
        var archive = await _terminal.OpenArchive(new ArchiveRequest(place, _terminal.Time, MayCreate: true), cancellationToken)
            .ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var server = await StartAsync(options, archive, cancellationToken).ConfigureAwait(false);
        await using var stopped = server.ConfigureAwait(false);
        foreach (var url in server.Urls)
            _terminal.Error.WriteLine($"strata: serving on {url}; the archive is {place.Name} and nothing in it is removed. Ctrl-C ends.");
        using var draining = _terminal.Interrupts.EndCallsFirst(
            () => _terminal.Error.WriteLine("strata: no new requests; those under way come to their end. Ctrl-C cuts them off."), drains: true);
        using var first = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _terminal.Interrupts.Calls);
        var ends = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registered = first.Token.Register(ends.SetResult).ConfigureAwait(false);
        await ends.Task.ConfigureAwait(false);
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
        return cancellationToken.IsCancellationRequested ? ExitCodes.Interrupted : ExitCodes.Done;
    }

    private async ValueTask<GatewayServer> StartAsync(
        GatewayOptions options, Strata.Archives.IArchive archive, CancellationToken cancellationToken)
    {
        try
        {
            return await GatewayServer.StartAsync(options, archive, time: _terminal.Time, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            throw new CliException(e.Message, innerException: e);
        }
    }

    private GatewayOptions Read(ParseResult result)
    {
        var options = new GatewayOptions
        {
            Upstreams = [.. Upstreams(result.GetValue(_upstreams) ?? [])],
            Compaction = new CompactionOptions { Window = result.GetValue(_window) },
            Mode = Enum.Parse<GatewayMode>(result.GetValue(_mode) ?? nameof(GatewayMode.Transparent), ignoreCase: true),
            Key = _terminal.Environment(KeyVariable),
            OnNotice = notice => _terminal.Error.WriteLine("strata: " + notice),
        };
        return result.GetValue(_urls) is { Length: > 0 } urls ? options with { Urls = urls } : options;
    }

    private IEnumerable<GatewayUpstream> Upstreams(string[] typed)
    {
        var named = new Dictionary<string, GatewayUpstream>(StringComparer.Ordinal);
        foreach (var upstream in typed.Select(Parse))
            named[upstream.Name] = upstream;
        foreach (var (name, url) in GatewayUpstream.Names)
        {
            var key = _terminal.Environment($"STRATA_UPSTREAM_KEY_{name.ToUpperInvariant()}");
            yield return (named.GetValueOrDefault(name) ?? new GatewayUpstream(name, url))
                with { Key = string.IsNullOrEmpty(key) ? null : key };
        }
    }

    private static GatewayUpstream Parse(string text)
    {
        try
        {
            return GatewayUpstream.Parse(text);
        }
        catch (FormatException e)
        {
            throw new CliException($"--upstream {text}: {e.Message}", innerException: e);
        }
    }
}

using System.CommandLine;
using Strata.Archives;
using Strata.Gateway;

namespace Strata.Cli.Commands;

/// <summary>How a gateway works, for the commands that run one.</summary>
internal sealed class GatewaySettings
{
    private readonly Option<string[]> _upstreams = new("--upstream")
    {
        Description =
            $"Another address for the requests of a vendor: {string.Join(", ", GatewayUpstream.Names.Keys)}. Repeatable. "
            + "STRATA_UPSTREAM_KEY_NAME holds a key in the place of the client's.",
        HelpName = "NAME=URL",
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

    public GatewaySettings() =>
        _mode.AcceptOnlyFromAmong([.. Enum.GetNames<GatewayMode>().Select(name => name.ToLowerInvariant())]);

    public void AddTo(Command command)
    {
        command.Add(_upstreams);
        command.Add(_window);
        command.Add(_mode);
    }

    public GatewayOptions Read(ParseResult result, Terminal terminal) => new()
    {
        Upstreams = [.. Upstreams(result.GetValue(_upstreams) ?? [], terminal)],
        Compaction = new CompactionOptions { Window = result.GetValue(_window) },
        Mode = Enum.Parse<GatewayMode>(result.GetValue(_mode) ?? nameof(GatewayMode.Transparent), ignoreCase: true),
        OnNotice = notice => terminal.Error.WriteLine("strata: " + notice),
    };

    /// <summary>Starts a gateway.</summary>
    /// <exception cref="CliException">It cannot be started so: the message says why.</exception>
    public static async ValueTask<GatewayServer> StartAsync(
        GatewayOptions options, IArchive archive, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            return await GatewayServer.StartAsync(options, archive, time: terminal.Time, cancellationToken: cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is ArgumentException or IOException or InvalidOperationException)
        {
            throw new CliException(e.Message, innerException: e);
        }
    }

    private static IEnumerable<GatewayUpstream> Upstreams(string[] typed, Terminal terminal)
    {
        var named = new Dictionary<string, GatewayUpstream>(StringComparer.Ordinal);
        foreach (var upstream in typed.Select(Parse))
            named[upstream.Name] = upstream;
        foreach (var (name, url) in GatewayUpstream.Names)
        {
            var key = terminal.Environment($"STRATA_UPSTREAM_KEY_{name.ToUpperInvariant()}");
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

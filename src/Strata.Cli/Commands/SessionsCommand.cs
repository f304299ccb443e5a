using System.CommandLine;
using Strata.Cli.Files;
using Strata.Cli.Output;
using Strata.Cli.Reports;

namespace Strata.Cli.Commands;

/// <summary><c>strata sessions</c>: what an archive holds.</summary>
internal sealed class SessionsCommand
{
    public static readonly CommandFactory Entry = new("sessions", "Lists the sessions of an archive, the last used first.", Create);

    private readonly Terminal _terminal;
    private readonly ArchiveOptions _archive = new();

    private readonly Option<string> _in = new("--in")
    {
        Description = "Lists the sessions of OpenClaw's database (openclaw-agent.sqlite) instead.", HelpName = "FILE",
    };

    private readonly Option<int> _limit = Limits.Option(100, "sessions");
    private readonly Option<bool> _json = SessionOptions.JsonOption();

    private SessionsCommand(Terminal terminal) => _terminal = terminal;

    private static ExampleCommand Create(Terminal terminal)
    {
        var sessions = new SessionsCommand(terminal);
        var command = new ExampleCommand(Entry)
        {
            Examples =
            [
                "strata sessions",
                "strata sessions --json | jq -r '.sessions[].session'",
                "strata sessions --in ~/.openclaw/agents/main/agent/openclaw-agent.sqlite",
            ],
        };
        sessions._archive.AddTo(command);
        command.Add(sessions._in);
        command.Add(sessions._limit);
        command.Add(sessions._json);
        command.SetAction(sessions.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CancellationToken cancellationToken)
    {
        if (result.GetValue(_in) is { } database)
            return List(database, result);
        var (archive, place) = await _archive.OpenAsync(result, _terminal, cancellationToken).ConfigureAwait(false);
        await using var closed = archive.ConfigureAwait(false);
        var sessions = await archive.ListSessionsAsync(result.GetValue(_limit), cancellationToken).ConfigureAwait(false);
        var report = new SessionsReport(place.Name, [.. sessions.Select(SessionRow.Of)]);
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, report, JsonReport.Readable.SessionsReport);
        }
        else if (sessions.Count == 0)
        {
            _terminal.Error.WriteLine($"strata: the archive {place.Name} holds no session.");
        }
        else
        {
            using var screen = Screen.Output(_terminal);
            SessionsText.Write(screen, report, _terminal.Time.LocalTimeZone);
        }

        return ExitCodes.Done;
    }

    private int List(string database, ParseResult result)
    {
        if (!File.Exists(database))
            throw new CliException($"{database}: no such file.");
        if (!ClientDatabase.Is(database))
            throw new CliException($"{database} is no database: it is one session. 'strata inspect' shows it.");
        var sessions = OpenClawDatabase.List(database).Take(result.GetValue(_limit)).ToList();
        if (result.GetValue(_json))
        {
            JsonReport.Write(_terminal.Text, new ClientSessionsReport(database, sessions), JsonReport.Readable.ClientSessionsReport);
            return ExitCodes.Done;
        }

        using var screen = Screen.Output(_terminal);
        SessionsText.Write(screen, sessions, _terminal.Time.LocalTimeZone);
        return ExitCodes.Done;
    }
}

using System.CommandLine;
using System.Globalization;
using Strata.Cli.Files;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary>What <c>compact</c> and <c>plan</c> take beyond a session: how, when and how far.</summary>
internal sealed class CompactionSettings
{
    public Option<string> Strategy { get; } = KnownNames.Option(
        "--strategy", "strategy", CompactionStrategies.All.Select(strategy => strategy.Name), $"Who chooses what stays. Default: {CompactionStrategies.Default}.");

    public Option<string> Profile { get; } = KnownNames.Option(
        "--profile", "profile", CompactionProfiles.All.Keys, "Named numbers to start from. Default: default.");

    public Option<Amount?> Threshold { get; } = new("--threshold")
    {
        Description = "Compacts above this: tokens, or a share of the available window. Default: the profile's.",
        HelpName = "N|R%",
        CustomParser = Amount.Parse,
    };

    public Option<Amount?> Target { get; } = new("--target")
    {
        Description = "Compacts to this, now: tokens, or a share of the conversation as it is. Default: the profile's.",
        HelpName = "N|R%",
        CustomParser = Amount.Parse,
    };

    public Option<string[]> Pins { get; } = new("--pin")
    {
        Description = "Stays word for word: a group by its number in 'strata plan', or every message that holds this text. Repeatable.",
        HelpName = "TEXT|INDEX",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<bool> Force { get; } = new("--force") { Description = "Compacts to the target even below the threshold." };

    public void AddTo(Command command)
    {
        command.Add(Strategy);
        command.Add(Profile);
        command.Add(Threshold);
        command.Add(Target);
        command.Add(Pins);
        command.Add(Force);
    }

    /// <summary>A compactor and a request for it, from what was typed and what the file says.</summary>
    public Compaction Prepare(ParseResult result, SessionOptions session, SessionFile file, Terminal terminal)
    {
        var profile = CompactionProfiles.All[result.GetValue(Profile) ?? "default"];
        var options = session.Apply(profile, result, file.Document);
        if (result.GetValue(Strategy) is { } strategy)
            options = options with { Strategy = strategy };
        var builder = new CompactionBuilder(options, file.Document, result.GetValue(session.Model) is not null, terminal.Time);
        return builder.Build(
            result.GetValue(Threshold), result.GetValue(Target), result.GetValue(Force), FindPins(result.GetValue(Pins) ?? [], builder.Transcript));
    }

    private static List<int> FindPins(string[] pins, Transcript transcript)
    {
        var messages = new List<int>();
        foreach (var pin in pins)
        {
            if (int.TryParse(pin, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                messages.Add(MessageOfGroup(number, transcript));
            else
                messages.AddRange(MessagesWith(pin, transcript));
        }

        return messages;
    }

    private static int MessageOfGroup(int number, Transcript transcript) => number >= 1 && number <= transcript.Groups.Count
        ? transcript.Groups[number - 1].MessageIndexes[0]
        : throw new CliException(FormattableString.Invariant(
            $"--pin {number}: the session has the groups 1 to {transcript.Groups.Count}; 'strata plan' lists them."));

    private static List<int> MessagesWith(string text, Transcript transcript)
    {
        var found = new List<int>();
        if (string.IsNullOrWhiteSpace(text))
            throw new CliException("--pin: give a group's number or a text to look for.");
        for (var i = 0; i < transcript.Messages.Count; i++)
        {
            if (transcript.Messages[i].Contents.Any(content => MessageText.Of(content)?.Contains(text, StringComparison.Ordinal) == true))
                found.Add(i);
        }

        return found.Count > 0
            ? found
            : throw new CliException($"--pin '{text}': no message holds this text. Capitals count; 'strata plan' lists groups to pin by number.");
    }
}

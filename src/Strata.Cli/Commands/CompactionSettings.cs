using System.CommandLine;
using System.Globalization;
using Strata.Archives;
using Strata.Cli.Files;
using Strata.Formats;
using Strata.Models;
using Strata.Settings;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary>What <c>compact</c> and <c>plan</c> take beyond a session: how, when and how far.</summary>
internal sealed class CompactionSettings
{
    private const string Hierarchical = "hierarchical";

    public Option<string[]> Pins { get; } = new("--pin")
    {
        Description = "Stays word for word: a group by its number in 'strata plan', or every message that holds this text. Repeatable.",
        HelpName = "TEXT|INDEX",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<bool> Force { get; } = new("--force")
    {
        Description = "Compacts to the target even below the threshold, and with --in-place though a program works on the session.",
    };

    public ModelSettings Models { get; } = new("model", "window");

    public void AddTo(Command command)
    {
        command.Add(Pins);
        command.Add(Force);
        Models.AddTo(command);
    }

    /// <summary>What was typed, over the environment, over the file of settings.</summary>
    public StrataSettings Read(ParseResult result, SessionOptions session, Terminal terminal)
    {
        var typed = new StrataSettings { Model = result.GetValue(session.Model), Window = result.GetValue(session.Window) };
        return typed.Over(Models.Read(result, terminal));
    }

    /// <summary>
    /// The options of a compactor. Threshold and target are left to the request, where a share of the target is one of the conversation.
    /// </summary>
    public static CompactionOptions OptionsOf(StrataSettings settings, SessionDocument document, ModelCatalogue catalogue)
    {
        var options = (settings with { Threshold = null, Target = null }).ToCompactionOptions();
        return options with
        {
            Model = settings.Model ?? document.Model,
            Window = options.Window ?? (settings.Model is null ? document.Window : null),
            Catalogue = catalogue,
        };
    }

    /// <summary>A compactor and a request for it, from what was set and what the session's file says.</summary>
    /// <param name="result">What was typed.</param>
    /// <param name="session">The options of the session.</param>
    /// <param name="settings">What <see cref="Read"/> gave.</param>
    /// <param name="file">The session.</param>
    /// <param name="terminal">The clock.</param>
    /// <param name="summarizer">Null: level 0.</param>
    /// <param name="archive">Null: none.</param>
    public Compaction Prepare(
        ParseResult result, SessionOptions session, StrataSettings settings, SessionFile file, Terminal terminal,
            ISummarizer? summarizer = null,
        IArchive? archive = null)
    {
        var options = OptionsOf(settings, file.Document, ModelOptions.Catalogue(result.GetValue(session.Models)));
        var builder = new CompactionBuilder(options, file.Document, settings.Model is not null, terminal.Time, summarizer, archive);
        if (settings.WrittenLevels.Count == 0
            && (string.Equals(settings.Profile, "offload", StringComparison.OrdinalIgnoreCase) || settings.Strategy == Hierarchical))
            builder.Notes.Add("No model is named, so level 0 writes. Name models with --l1 ollama/qwen2.5:7b, STRATA_L1 or strata.yml.");
        if (Models.FoundFile(result, terminal) is { } found)
            builder.Notes.Add($"Settings were read from {found}.");
        builder.Notes.AddRange(settings.Notes);
        var compaction = builder.Build(
            settings.Threshold, settings.Target,

            // Who types a target wants it now; one that is set for good is where a compaction ends when it is due.
            result.GetValue(Force) || Models.IsTyped(SettingOptions.Target, result),
            FindPins(result.GetValue(Pins) ?? [], builder.Transcript));
        return compaction with { Request = compaction.Request with { AgentId = settings.AgentId } };
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
            : throw new CliException(
                $"--pin '{text}': no message holds this text. Capitals count; 'strata plan' lists groups to pin by number.");
    }
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Strata.Cli.Commands;

/// <summary>A command whose help ends with examples, the part of it that people read.</summary>
internal sealed class ExampleCommand(CommandFactory entry) : Command(entry.Name, entry.Description)
{
    public required IReadOnlyList<string> Examples { get; init; }
}

/// <summary>The library's help, followed by examples.</summary>
internal sealed class HelpWithExamples : SynchronousCommandLineAction
{
    private static readonly string[] First =
    [
        "strata compact session.jsonl --target 20%",
        "strata inspect session.jsonl",
        "strata models sonnet",
    ];

    private readonly HelpAction _help = new();

    private HelpWithExamples(int? width)
    {
        if (width is { } columns)
            _help.MaxWidth = columns;
    }

    public override bool ClearsParseErrors => true;

    public static void AddTo(RootCommand root, int? width)
    {
        // The library's own also answers to /? and -?, which are clutter in completions.
        root.Options.Remove(root.Options.OfType<HelpOption>().Single());
        root.Add(new HelpOption("--help", "-h") { Action = new HelpWithExamples(width), Description = "Shows this help." });
    }

    public override int Invoke(ParseResult parseResult)
    {
        _help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (var example in parseResult.CommandResult.Command is ExampleCommand command ? command.Examples : First)
            output.WriteLine("  " + example);
        output.WriteLine();
        return ExitCodes.Done;
    }
}

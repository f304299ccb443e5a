using System.CommandLine;
using Strata.Cli.Mcp;

namespace Strata.Cli.Commands;

/// <summary>A command by its name. Its options are made when it is asked for: each run of the program needs those of one command.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="description">For the list of commands.</param>
/// <param name="create">Makes the whole command.</param>
/// <param name="arguments">The names of its arguments, for the list of commands.</param>
internal sealed class CommandEntry(string name, string description, Func<Terminal, Command> create, params string[] arguments)
{
    public static IReadOnlyList<CommandEntry> All { get; } =
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
        CompletionCommand.Entry,
    ];

    public string Name => name;

    public string Description => description;

    /// <summary>The command with all that it takes.</summary>
    public Command Create(Terminal terminal) => create(terminal);

    /// <summary>The command as the list of commands shows it. It cannot be run.</summary>
    public Command List()
    {
        var command = new Command(name, description);
        foreach (var argument in arguments)
            command.Add(new Argument<string>(argument));
        return command;
    }
}

using System.CommandLine;

namespace Strata.Cli.Commands;

/// <summary>A command by its name. Its options are made when it is asked for: each run of the program needs those of one command.</summary>
/// <param name="name">As it is typed.</param>
/// <param name="description">For the list of commands.</param>
/// <param name="create">Makes the whole command.</param>
/// <param name="arguments">The names of its arguments, for the list of commands.</param>
internal sealed class CommandFactory(string name, string description, Func<Terminal, Command> create, params string[] arguments)
{
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

using System.CommandLine;
using Strata.Cli.Clients;
using Strata.Cli.Files;

namespace Strata.Cli.Commands;

/// <summary><c>--in-place</c>: a session is replaced where it lies, so that its program resumes what was made of it.</summary>
internal sealed class InPlaceOption
{
    public Option<bool> Option { get; } = new("--in-place")
    {
        Description = "Replaces FILE itself, unless a program works on it; 'strata undo FILE --in-place' puts it back.",
    };

    /// <param name="command">The command that gets it.</param>
    /// <param name="others">Options that say something else of where the session goes.</param>
    public void AddTo(Command command, params Option[] others)
    {
        command.Add(Option);
        command.Validators.Add(result =>
        {
            foreach (var other in others)
            {
                if (result.GetValue(Option) && result.GetResult(other) is { Implicit: false })
                    result.AddError($"{Option.Name} and {other.Name} contradict each other.");
            }
        });
    }

    /// <summary>Whether <paramref name="file"/> is to be replaced.</summary>
    /// <exception cref="CliException">It has no place of its own.</exception>
    public bool IsSet(ParseResult result, string file)
    {
        if (!result.GetValue(Option))
            return false;
        if (file != SessionFile.Standard && ClientDatabase.Is(file))
            throw new CliException(
                $"{Option.Name}: {file} is a database, in which no session is replaced. Write a file with -o; docs/cli.md "
                + "says how OpenClaw imports it.");
        return file != SessionFile.Standard && File.Exists(file) && !OutputFile.IsDevice(file) ? true
            : throw new CliException($"{Option.Name}: {file} is no file that could be replaced. Name the session's file.");
    }
}

using System.CommandLine;
using System.CommandLine.Parsing;
using Strata.Settings;

namespace Strata.Cli.Commands;

/// <summary>Options whose value is one of a list: checked, completed, and the nearest name suggested.</summary>
internal static class KnownNames
{
    public static Option<string> Option(string name, string what, IEnumerable<string> known, string description)
    {
        string[] names = [.. known];
        var option = new Option<string>(name) { Description = description, HelpName = what.ToUpperInvariant() };
        option.CompletionSources.Add(names);
        option.Validators.Add(result => Check(result, what, names));
        return option;
    }

    private static void Check(OptionResult result, string what, string[] known)
    {
        foreach (var typed in result.Tokens.Select(token => token.Value))
        {
            if (!known.Any(name => NearestName.Same(name, typed)))
                result.AddError(NearestName.Unknown(what, typed, known));
        }
    }
}

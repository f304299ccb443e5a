using System.CommandLine;
using System.CommandLine.Parsing;
using Strata.Settings;

namespace Strata.Cli.Commands;

/// <summary>
/// Options whose value is one of a list: checked, completed, and the nearest name suggested. The list is made when one of these needs it.
/// </summary>
internal static class KnownNames
{
    public static Option<string> Option(string name, string what, Func<IEnumerable<string>> known, string description)
    {
        var option = new Option<string>(name) { Description = description, HelpName = what.ToUpperInvariant() };
        option.CompletionSources.Add(_ => known());
        option.Validators.Add(result => Check(result, what, [.. known()]));
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

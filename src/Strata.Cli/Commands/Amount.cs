using System.CommandLine.Parsing;
using Strata.Settings;

namespace Strata.Cli.Commands;

/// <summary>Options whose value is a number of tokens.</summary>
internal static class Amount
{
    /// <summary>Reads <c>12000</c>, <c>12,000</c>, <c>12k</c> and <c>1.5M</c>.</summary>
    public static int? ParseTokens(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var name = result.Parent is OptionResult option ? option.Option.Name : "the number";
        if (TokenAmount.Read(text, shares: false, out var problem) is { } amount)
            return amount.Tokens;
        result.AddError($"{name} {text}: {problem}");
        return null;
    }
}

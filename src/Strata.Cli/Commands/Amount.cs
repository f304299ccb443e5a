using System.CommandLine.Parsing;
using Strata.Providers.Configuration;

namespace Strata.Cli.Commands;

/// <summary>Options whose value is a number of tokens or a share.</summary>
internal static class Amount
{
    /// <summary>Reads <c>12000</c>, <c>12,000</c>, <c>12k</c>, <c>1.5M</c> and <c>20%</c>.</summary>
    public static TokenAmount? Parse(ArgumentResult result) => Parse(result, shares: true);

    /// <summary>The same without <c>20%</c>.</summary>
    public static int? ParseTokens(ArgumentResult result) => Parse(result, shares: false)?.Tokens;

    private static TokenAmount? Parse(ArgumentResult result, bool shares)
    {
        var text = result.Tokens[0].Value;
        var name = result.Parent is OptionResult option ? option.Option.Name : "the number";
        if (TokenAmount.Read(text, shares, out var problem) is { } amount)
            return amount;
        result.AddError($"{name} {text}: {problem}");
        return null;
    }
}

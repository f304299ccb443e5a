using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Secrets;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Ladder.Prompts;

/// <summary>A tool call as one line: its name and its arguments, long ones by their beginning and their length.</summary>
internal static class CallLine
{
    /// <summary>UTF-16 chars of a line.</summary>
    public const int Longest = 600;

    private const int LongestArgument = 160;

    // What is cut is read a little further, so that no secret is cut in two unseen.
    private const int Read = 4_000;

    public static string Of(FunctionCallContent call)
    {
        var name = OneLine.Of(call.Name, 80);
        if (CallText.Command(call) is { } command && call.Arguments!.Count <= 3)
            return $"{name}: {Shown(command, Longest)}";
        if (call.Arguments is not { Count: > 0 } arguments)
            return name;
        var told = arguments.Where(argument => argument.Value is not null)
            .Select(argument => $"{OneLine.Of(argument.Key, 40)}: "
                + $"{Shown(CallText.StringOf(argument.Value) ?? JsonText.Of(argument.Value!), LongestArgument, argument.Key)}");
        return OneLine.Cut($"{name} {string.Join(", ", told)}", Longest);
    }

    private static string Shown(string value, int maxChars, string name = "")
    {
        // With its name before it: what is called a password is known by that.
        var named = SecretRedactor.Redact($"{name}={value[..TextCut.Before(value, Read)]}");
        var redacted = OneLine.Of(named.AsSpan(Math.Min(name.Length + 1, named.Length)));
        return redacted.Length <= maxChars && value.Length <= Read
            ? redacted
            : string.Create(
                CultureInfo.InvariantCulture, $"{redacted[..TextCut.Head(redacted, maxChars)].TrimEnd()} … ({value.Length:N0} chars)");
    }
}

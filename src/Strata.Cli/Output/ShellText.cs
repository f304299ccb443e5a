namespace Strata.Cli.Output;

/// <summary>Words of a command line that a message asks people to type.</summary>
internal static class ShellText
{
    private const string Plain = "_@%+=:,./-";

    // What a shell still reads within double quotes.
    private const string Special = "\"$`\\!";

    /// <summary>The word as the user's shell has to be given it: in quotes where it means something else without.</summary>
    public static string Quote(string word) => Quote(word, OperatingSystem.IsWindows());

    public static string Quote(string word, bool isWindows)
    {
        if (word.Length > 0
            && word.All(c => char.IsLetterOrDigit(c) || Plain.Contains(c, StringComparison.Ordinal) || (isWindows && c == '\\')))
            return word;
        return isWindows || !word.AsSpan().ContainsAny(Special) ? $"\"{word}\""
            : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
    }
}

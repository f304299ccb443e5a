using System.Globalization;
using System.Text.RegularExpressions;

namespace Strata.Tests.Ladder.Prompts;

/// <summary>Texts that order a summarizer, or whoever reads its summary, about.</summary>
internal static partial class Injections
{
    public static IReadOnlyList<(string Kind, string Text)> All { get; } = Read("injections.tsv");

    /// <summary>Written after the rules.</summary>
    public static IReadOnlyList<(string Kind, string Text)> Unseen { get; } = Read("injections-unseen.tsv");

    private static List<(string Kind, string Text)> Read(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Ladder", "Prompts", file))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t', 2) is [var kind, var text] ? (kind, Unescape(text)) : throw new FormatException(line))];

    private static string Unescape(string text) => Escape().Replace(text, escape => escape.Value[1] switch
    {
        'n' => "\n",
        't' => "\t",
        '"' => "\\\"",
        'u' => ((char)int.Parse(escape.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString(),
        'U' => char.ConvertFromUtf32(int.Parse(escape.Groups["hex"].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        _ => escape.Value,
    });

    [GeneratedRegex("""\\(?:n|t|\\"|u(?<hex>[0-9a-f]{4})|U\{(?<hex>[0-9A-F]+)\})""")]
    private static partial Regex Escape();
}

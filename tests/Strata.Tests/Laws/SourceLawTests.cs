using System.Text.RegularExpressions;

namespace Strata.Tests.Laws;

public sealed partial class SourceLawTests
{
    private const int MostLines = 300;
    private const int MostBytes = 12 * 1024;
    private const int MostColumns = 140;

    private static readonly string[] Folders = ["src", "tests", "bench", "samples", "eng"];

    /// <summary>Files whose wide lines are word lists, patterns and literals that read worse when they are cut.</summary>
    private static readonly string[] Wide =
    [
        "src/Strata/Facts/Ledgers/TypedValue.cs",
        "src/Strata/Ladder/Prompts/OrderCues.cs",
        "tests/Strata.Tests/Formats/Anthropic/AnthropicFormatTests.cs",
        "tests/Strata.Tests/Formats/ClaudeCode/ClaudeCodeFormatTests.cs",
        "tests/Strata.Tests/Formats/Json/BodyDetectionTests.cs",
        "tests/Strata.Tests/Formats/Json/BodyFaultTests.cs",
        "tests/Strata.Tests/Formats/Json/BodyStyleTests.cs",
        "tests/Strata.Tests/Formats/Jsonl/JsonlFaultTests.cs",
        "tests/Strata.Tests/Formats/Ollama/OllamaFormatTests.cs",
        "tests/Strata.Tests/Formats/OpenAIChat/OpenAIChatFormatTests.cs",
        "tests/Strata.Tests/Formats/OpenAIResponses/OpenAIResponsesFormatTests.cs",
        "tests/Strata.Tests/Formats/Pi/PiFormatTests.cs",
        "tests/Strata.Tests/Formats/SignedReasoningTests.cs",
        "tests/Strata.Tests/Tokens/Bpe/GoldVectors.cs",
        "tests/Strata.Tests/Transcripts/OpaqueContentTests.cs",
    ];

    /// <summary>Files that are to be split by the next change that touches them.</summary>
    private static readonly string[] Large =
    [
        "tests/Strata.Tests/Tokens/Bpe/GoldVectors.cs",
    ];

    [Fact]
    public void Sources_HoldNoUnfinishedWork() => Offenders(Unfinished()).ShouldBeEmpty();

    [Fact]
    public void Files_OfTheRepository_AreShortEnoughToRead() =>
        Named(static file => File.ReadLines(file).Count() > MostLines || new FileInfo(file).Length > MostBytes)
            .ShouldBe(Large, ignoreOrder: true);

    [Fact]
    public void Lines_OfTheRepository_AreNarrowEnoughToRead() =>
        Named(static file => File.ReadLines(file).Any(static line => line.Length > MostColumns)).ShouldBe(Wide, ignoreOrder: true);

    private static IEnumerable<string> Named(Func<string, bool> breaks) =>
        from folder in Folders
        from file in Repository.Sources(folder)
        where breaks(file)
        select Path.GetRelativePath(Repository.Root, file).Replace('\\', '/');

    private static IEnumerable<string> Offenders(Regex forbidden, string folder = "src") =>
        from file in Repository.Sources(folder)
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && forbidden.IsMatch(line)
        select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();
}

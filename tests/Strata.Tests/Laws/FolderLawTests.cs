using System.Text.RegularExpressions;

namespace Strata.Tests.Laws;

/// <summary>Law 1: a folder uses only folders above it in this list.</summary>
public sealed partial class FolderLawTests
{
    private static readonly string[] Order =
        ["Transcripts", "Text", "Formats", "Tokens", "Models", "Secrets", "Planning", "Costs", "Calls", "Reducing",
            "Summaries", "Facts", "LevelZero", "Ladder", "Rendering", "Compaction", "Archives", "Ranking",
            "Diagnostics", "Engine", "Chat"];

    /// <summary>Files that use a folder below theirs until their parts are moved.</summary>
    private static readonly string[] Misplaced =
        ["CompactionRequest.cs", "DialogueReader.cs", "UtteranceCutter.cs", "LedgerBuilder.cs", "CommandText.cs", "ContextWords.cs", "IdentifierTable.cs",
            "Source.cs", "ToolOutput.cs", "Summary.cs", "SummaryWriter.cs", "OutgoingMessage.cs"];

    [Fact]
    public void Folders_OfTheLibrary_AreAllInTheList() =>
        Directory.GetDirectories(Path.Combine(Repository.Root, "src", "Strata")).Select(Path.GetFileName)
            .Where(folder => folder is not ("bin" or "obj"))
            .ShouldBeSubsetOf(Order);

    [Fact]
    public void Folders_OfTheLibrary_UseOnlyFoldersAboveThem()
    {
        var broken =
            from file in Repository.Sources(Path.Combine("src", "Strata"))
            let folder = Path.GetRelativePath(Path.Combine(Repository.Root, "src", "Strata"), file).Split(Path.DirectorySeparatorChar)[0]
            let rank = Array.IndexOf(Order, folder)
            where rank >= 0
            from Match used in UsedFolder().Matches(File.ReadAllText(file))
            let usedRank = Array.IndexOf(Order, used.Groups["folder"].Value)
            where usedRank > rank && !Misplaced.Contains(Path.GetFileName(file))
            select $"{Path.GetRelativePath(Repository.Root, file)} uses {used.Groups["folder"].Value}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Planning_KnowsNoModelClient() => Repository.Sources(Path.Combine("src", "Strata", "Planning"))
        .Where(file => File.ReadAllText(file).Contains("IChatClient", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [GeneratedRegex(@"^\s*using (?:static )?Strata\.(?<folder>\w+)|\bStrata\.(?<folder>Transcripts|Text|Formats|Tokens|Models|Secrets|Planning|Costs|Calls|Reducing|Summaries|Facts|LevelZero|Ladder|Rendering|Compaction|Archives|Ranking|Diagnostics|Engine|Chat)\.", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UsedFolder();
}

using System.Text.RegularExpressions;

namespace Strata.Tests.Laws;

/// <summary>Law 1: a folder uses only folders above it in this list. Files in the root of the library may use all of them.</summary>
public sealed partial class FolderLawTests
{
    private static readonly string[] Order =
        ["Transcripts", "Formats", "Tokens", "Models", "Secrets", "Planning", "Costs", "Calls", "Summaries", "Rendering", "Archives", "Ranking", "Diagnostics",
            "Chat"];

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
            where usedRank > rank
            select $"{Path.GetRelativePath(Repository.Root, file)} uses {used.Groups["folder"].Value}";
        broken.ShouldBeEmpty();
    }

    [Fact]
    public void Planning_KnowsNoModelClient() => Repository.Sources(Path.Combine("src", "Strata", "Planning"))
        .Where(file => File.ReadAllText(file).Contains("IChatClient", StringComparison.Ordinal))
        .ShouldBeEmpty();

    [GeneratedRegex(@"^\s*using (?:static )?Strata\.(?<folder>\w+)|\bStrata\.(?<folder>Transcripts|Formats|Tokens|Models|Secrets|Planning|Costs|Calls|Summaries|Rendering|Archives|Ranking|Diagnostics|Chat)\.", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex UsedFolder();
}

using Strata.Laws.Tests.Architecture;

namespace Strata.Laws.Tests;

/// <summary>Law 1: a folder of the library uses only folders above it, and no folders use each other in a circle, at any level.</summary>
public sealed class FolderLawTests
{
    private static readonly string[] Order =
        ["Transcripts", "Text", "Formats", "Tokens", "Models", "Secrets", "Planning", "Costs", "Calls", "Reducing", "Summaries", "Facts", "LevelZero", "Ladder",
            "Rendering", "Compaction", "Archives", "Ranking", "Diagnostics", "Engine", "Conversations", "Chat"];

    private static readonly Lazy<FolderGraph> Library = new(() => new FolderGraph(SourceProject.Of("Strata").Uses()));

    [Fact]
    public void Folders_OfTheLibrary_UseOnlyFoldersAboveThem() => Library.Value.AgainstOrder(Order).ShouldBeEmpty();

    [Fact]
    public void Folders_OfTheLibrary_FormNoCycleAtAnyLevel() => Library.Value.Cycles().ShouldBeEmpty();
}

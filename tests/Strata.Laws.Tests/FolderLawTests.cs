using Strata.Laws.Tests.Architecture;

namespace Strata.Laws.Tests;

/// <summary>
/// Law 1: a folder of the library uses only folders above it, and no folders use each other in a circle, at any level of any project.
/// </summary>
public sealed class FolderLawTests
{
    private static readonly string[] Order =
        ["Transcripts", "Text", "Formats", "Tokens", "Models", "Secrets", "Planning", "Costs", "Calls", "Reducing", "Summaries", "Facts",
            "LevelZero", "Ladder",
            "Rendering", "Archives", "Ranking", "Compaction", "Diagnostics", "Engine", "Conversations", "Chat"];

    /// <summary>
    /// Folders whose types share the namespace of the library, so that one <c>using Strata;</c> gives a user what is met first.
    /// </summary>
    private static readonly string[] InTheNamespaceOfTheLibrary = ["Compaction", "Engine"];

    /// <summary>Extension methods are found where the type that they extend is.</summary>
    private const string ForExtensions = "Microsoft.Extensions.AI";

    private static readonly SourceProject Library = SourceProject.Of("Strata");
    private static readonly Lazy<FolderGraph> Graph = new(() => new FolderGraph(Library.Uses()));

    [Fact]
    public void Folders_OfTheLibrary_UseOnlyFoldersAboveThem() => Graph.Value.AgainstOrder(Order).ShouldBeEmpty();

    [Fact]
    public void Folders_OfTheLibrary_FormNoCycleAtAnyLevel() => Graph.Value.Cycles().ShouldBeEmpty();

    [Fact]
    public void Files_OfTheLibrary_LieInAFolderOfTheOrderAndItsNamespace() => Library.Namespaces()
        .Where(file => file.Namespace != ForExtensions && !IsNamespaceOf(file.Namespace, file.File))
        .ShouldBeEmpty();

    [Fact]
    public void Planning_KnowsNoModelClient() => Library.ForeignTypes("Planning/")
        .Where(use => use.Type == "Microsoft.Extensions.AI.IChatClient")
        .ShouldBeEmpty();

    [Theory]
    [InlineData("IChatClient")]
    [InlineData("ChatResponse")]
    [InlineData("System.Net")]
    [InlineData("Http")]
    public void Conversations_KnowNeitherChatClientNorHttp(string word) => Library.ForeignTypes("Conversations/")
        .Where(use =>
            use.Type.Split('<')[0].Contains(word, StringComparison.Ordinal) && use.Type != "Microsoft.Extensions.AI.ChatResponseFormat")
        .ShouldBeEmpty();

    [Fact]
    public void Order_OfTheDocs_IsThatOfTheLaw()
    {
        var map = File.ReadAllLines(Path.Combine(Strata.Tests.Laws.Repository.Root, "docs", "architecture.md"));
        map.SkipWhile(line => !line.StartsWith("src/Strata/ ", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith("  ", StringComparison.Ordinal))
            .Select(line => line.Split('/')[0].Trim())
            .ShouldBe(Order.Intersect(Library.Folders()));
    }

    // A subfolder that only sorts the public types of its parent may keep the parent's namespace.
    private static bool IsNamespaceOf(string name, string file)
    {
        var folders = file.Split('/')[..^1];
        if (folders is [] || !Order.Contains(folders[0]))
            return false;
        var own = "Strata." + string.Join('.', folders);
        return name == own
            || (folders.Length > 1 && name == own[..own.LastIndexOf('.')])
            || (folders.Length == 1 && name == "Strata" && InTheNamespaceOfTheLibrary.Contains(folders[0]));
    }
}

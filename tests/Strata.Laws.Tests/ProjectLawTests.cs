using System.Reflection;
using Strata.Laws.Tests.Architecture;

namespace Strata.Laws.Tests;

/// <summary>A project uses only projects above it in this list, and the folders of none form a cycle.</summary>
public sealed class ProjectLawTests
{
    private static readonly string[] Order =
        ["Strata", "Strata.Extensions.AI", "Strata.Settings", "Strata.Providers", "Strata.Storage", "Strata.Hosting",
            "Strata.Gateway", "Strata.Cli"];

    [Fact]
    public void Projects_OfTheSources_AreAllInTheOrder() =>
        Directory.GetDirectories(Path.Combine(Strata.Tests.Laws.Repository.Root, "src")).Select(Path.GetFileName)
            .ShouldBe(Order, ignoreOrder: true);

    [Fact]
    public void Projects_UseOnlyProjectsAboveThem() =>
        (from project in Order
         from used in Assembly.Load(project).GetReferencedAssemblies()
         where used.Name!.StartsWith("Strata", StringComparison.Ordinal) && Array.IndexOf(Order, used.Name) >= Array.IndexOf(Order, project)
         select $"{project} uses {used.Name}").ShouldBeEmpty();

    [Theory]
    [InlineData("Strata.Extensions.AI")]
    [InlineData("Strata.Settings")]
    [InlineData("Strata.Providers")]
    [InlineData("Strata.Storage")]
    [InlineData("Strata.Hosting")]
    [InlineData("Strata.Gateway")]
    [InlineData("Strata.Cli")]
    public void Folders_OfAProject_FormNoCycleAtAnyLevel(string project) =>
        new FolderGraph(SourceProject.Of(project).Uses()).Cycles().ShouldBeEmpty();

    [Fact]
    public void Folders_OfTheArchives_AreTheSame()
    {
        FoldersOf("Postgres").ShouldBe(FoldersOf("Sqlite"));

        static IEnumerable<string?> FoldersOf(string archive) =>
            Directory.GetDirectories(Path.Combine(Strata.Tests.Laws.Repository.Root, "src", "Strata.Storage", archive))
                .Select(Path.GetFileName).Order(StringComparer.Ordinal);
    }
}

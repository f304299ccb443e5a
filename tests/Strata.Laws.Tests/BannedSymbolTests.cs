using Microsoft.CodeAnalysis;
using Strata.Laws.Tests.Architecture;

namespace Strata.Laws.Tests;

/// <summary>
/// The lists of what shipped code may not call. The compiler holds them, and says nothing of a line that it does not understand.
/// </summary>
public sealed class BannedSymbolTests
{
    private static readonly string Sources = Path.Combine(Strata.Tests.Laws.Repository.Root, "src");

    public static TheoryData<string> Lists => [.. Directory.GetFiles(Sources, "BannedSymbols*.txt").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Lists))]
    public void Lines_OfEachList_NameASymbolAndAWayOut(string list)
    {
        var compilation = SourceProject.Of("Strata").Compilation;
        var lines = File.ReadAllLines(Path.Combine(Sources, list));
        lines.ShouldNotBeEmpty();
        lines.Where(line => line.Split(';') is not [var name, { Length: > 0 }]
            || DocumentationCommentId.GetFirstSymbolForDeclarationId(name, compilation) is null)
            .ShouldBeEmpty();
    }
}

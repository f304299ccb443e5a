using System.Xml.Linq;

namespace Strata.Laws.Tests;

/// <summary>What a user's editor shows of the assemblies.</summary>
public sealed class DocumentationLawTests
{
    [Theory]
    [InlineData("Strata")]
    [InlineData("Strata.Extensions.AI")]
    [InlineData("Strata.Settings")]
    [InlineData("Strata.Providers")]
    [InlineData("Strata.Storage")]
    [InlineData("Strata.Hosting")]
    public void Documentation_OfALibrary_HoldsNothingThatWasGenerated(string library)
    {
        var members = XDocument.Load(Path.Combine(AppContext.BaseDirectory, library + ".xml")).Descendants("member").ToList();
        members.ShouldNotBeEmpty();
        members.Where(member => member.Attribute("name")!.Value.Contains(".Generated.", StringComparison.Ordinal)
            || member.Value.TrimStart().StartsWith("Pattern:", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}

using System.IO.Compression;
using System.Xml.Linq;

namespace Strata.Hosting.Tests.Packages;

/// <summary>Looks into what <c>dotnet pack</c> made: <c>.ci/run</c> packs and names the folder in STRATA_PACKAGES.</summary>
public sealed class PackageTests
{
    private static readonly string[] Libraries =
        ["Strata", "Strata.Extensions.AI", "Strata.Settings", "Strata.Providers", "Strata.Storage", "Strata.Hosting", "Strata.Gateway"];

    [Fact]
    public void Pack_TheSolution_MakesTheShippedPackagesAndNoOther() =>
        Names("*.nupkg").ShouldBe([.. Libraries.Append("Strata.Cli").Order(StringComparer.Ordinal)]);

    [Theory]
    [InlineData("Strata")]
    [InlineData("Strata.Extensions.AI")]
    [InlineData("Strata.Settings")]
    [InlineData("Strata.Providers")]
    [InlineData("Strata.Storage")]
    [InlineData("Strata.Hosting")]
    [InlineData("Strata.Gateway")]
    public void Pack_Library_HoldsAssemblyDocumentationReadmeAndNotices(string name)
    {
        Files(name, "nupkg")
            .ShouldBe([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md", "THIRD-PARTY-NOTICES.md"], ignoreOrder: true);
        Files(name, "snupkg").ShouldBe([$"lib/net10.0/{name}.pdb"]);
    }

    [Fact]
    public void Pack_Tool_HoldsTheCommandAndWhatItNeeds()
    {
        var files = Files("Strata.Cli", "nupkg");

        files.ShouldContain("tools/net10.0/any/DotnetToolSettings.xml");
        foreach (var assembly in Libraries.Where(library => library is not ("Strata.Hosting" or "Strata.Extensions.AI"))
            .Append("Strata.Cli"))
            files.ShouldContain($"tools/net10.0/any/{assembly}.dll");
        files.ShouldContain("README.md");
        files.ShouldNotContain(file => file.Contains("Tests", StringComparison.Ordinal) || file.EndsWith(".yml", StringComparison.Ordinal));
        Open("Strata.Cli", "nupkg", archive =>
        {
            using var settings = archive.GetEntry("tools/net10.0/any/DotnetToolSettings.xml")!.Open();
            return XDocument.Load(settings).Descendants("Command").Single().Attribute("Name")!.Value;
        }).ShouldBe("strata");
    }

    [Theory]
    [InlineData("Strata")]
    [InlineData("Strata.Extensions.AI")]
    [InlineData("Strata.Settings")]
    [InlineData("Strata.Providers")]
    [InlineData("Strata.Storage")]
    [InlineData("Strata.Hosting")]
    [InlineData("Strata.Gateway")]
    [InlineData("Strata.Cli")]
    public void Pack_Any_SaysWhatItIs(string name)
    {
        var metadata = Open(name, "nupkg", archive =>
        {
            using var nuspec = archive.GetEntry(name + ".nuspec")!.Open();
            return XDocument.Load(nuspec).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
        });

        Value("id").ShouldBe(name);
        Value("license").ShouldBe("MIT");
        Value("authors").ShouldNotBeNullOrWhiteSpace();
        Value("readme").ShouldBe("README.md");
        Value("tags").ShouldContain("llm");
        Value("description").ShouldNotBe("Package Description");
        Value("description").Length.ShouldBeGreaterThan(30);

        string Value(string element) => metadata.Elements().Single(child => child.Name.LocalName == element).Value;
    }

    private static List<string> Names(string pattern) =>
        [.. Directory.GetFiles(Folder(), pattern).Select(file => Path.GetFileName(file))
            .Select(file => file[..file.IndexOf(".0.", StringComparison.Ordinal)]).Order(StringComparer.Ordinal)];

    // What every package has for the package manager's own sake is left out.
    private static List<string> Files(string name, string extension) => Open(name, extension, archive => archive.Entries
        .Select(entry => entry.FullName)
        .Where(entry => entry != "[Content_Types].xml" && !entry.StartsWith("_rels/", StringComparison.Ordinal)
            && !entry.StartsWith("package/", StringComparison.Ordinal) && entry != name + ".nuspec")
        .ToList());

    private static T Open<T>(string name, string extension, Func<ZipArchive, T> read)
    {
        var file = Directory.GetFiles(Folder(), $"{name}.*.{extension}")
            .Single(path => char.IsAsciiDigit(Path.GetFileName(path)[name.Length + 1]));
        using var archive = ZipFile.OpenRead(file);
        return read(archive);
    }

    private static string Folder()
    {
        var folder = Environment.GetEnvironmentVariable("STRATA_PACKAGES");
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "STRATA_PACKAGES names no folder of packages.");
        return folder!;
    }
}

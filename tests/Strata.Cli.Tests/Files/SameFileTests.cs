using System.Diagnostics;
using Strata.Cli.Files;

namespace Strata.Cli.Tests.Files;

public sealed class SameFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-cli-");

    public SameFileTests() => File.WriteAllText(PathOf("a"), "a");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Are_OtherSpelling_IsSame() => SameFile.Are(PathOf("a"), PathOf("../" + _folder.Name + "/./a")).ShouldBeTrue();

    [Fact]
    public void Are_EqualContent_IsNotSame()
    {
        File.WriteAllText(PathOf("b"), "a");

        SameFile.Are(PathOf("a"), PathOf("b")).ShouldBeFalse();
    }

    [Fact]
    public void Are_MissingFile_IsNotSame() => SameFile.Are(PathOf("a"), PathOf("none")).ShouldBeFalse();

    [Fact]
    public void Are_LinkToALink_IsSame()
    {
        File.CreateSymbolicLink(PathOf("b"), PathOf("a"));
        File.CreateSymbolicLink(PathOf("c"), "b");

        SameFile.Are(PathOf("a"), PathOf("c")).ShouldBeTrue();
    }

    [Fact]
    public void Are_ThroughALinkedDirectory_IsSame()
    {
        var link = _folder.FullName + "-link";
        Directory.CreateSymbolicLink(link, _folder.FullName);
        try
        {
            SameFile.Are(PathOf("a"), Path.Combine(link, "a")).ShouldBeTrue();
        }
        finally
        {
            Directory.Delete(link);
        }
    }

    [Fact]
    public void Are_HardLink_IsSame()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs ln");
        using var ln = Process.Start("ln", [PathOf("a"), PathOf("b")]);
        ln.WaitForExit();

        SameFile.Are(PathOf("a"), PathOf("b")).ShouldBeTrue();
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);
}

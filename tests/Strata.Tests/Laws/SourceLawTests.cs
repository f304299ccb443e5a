using System.Text.RegularExpressions;

namespace Strata.Tests.Laws;

public sealed partial class SourceLawTests
{
    private const int MostLines = 300;
    private const int MostBytes = 12 * 1024;
    private const int MostColumns = 140;

    public static TheoryData<string> Folders => ["src/Strata.Storage", "tests/Strata.Storage.Tests"];

    [Fact]
    public void Sources_HoldNoUnfinishedWork() => Offenders(Unfinished()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Folders))]
    public void Files_OfAFolder_AreShortEnoughToRead(string folder) =>
        (from file in Repository.Sources(folder)
         let lines = File.ReadLines(file).Count()
         let bytes = new FileInfo(file).Length
         where lines > MostLines || bytes > MostBytes
         select $"{Path.GetRelativePath(Repository.Root, file)}: {lines} lines, {bytes} bytes").ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Folders))]
    public void Lines_OfAFolder_AreNarrowEnoughToRead(string folder) =>
        (from file in Repository.Sources(folder)
         from line in File.ReadLines(file).Index()
         where line.Item.Length > MostColumns
         select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}: {line.Item.Length} columns").ShouldBeEmpty();

    [Fact]
    public void Sources_OverThreeHundredLines_AreNone() =>
        Repository.Sources().Where(file => File.ReadLines(file).Count() > MostLines).ShouldBeEmpty();

    private static IEnumerable<string> Offenders(Regex forbidden, string folder = "src") =>
        from file in Repository.Sources(folder)
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && forbidden.IsMatch(line)
        select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();
}

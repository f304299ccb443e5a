using System.Text.RegularExpressions;

namespace Strata.Tests.Laws;

public sealed partial class SourceLawTests
{
    /// <summary>A longer file wants a reason, and the reason stands here.</summary>
    private static readonly Dictionary<string, string> LongFiles = [];

    [Fact]
    public void Sources_HoldNoUnfinishedWork() => Offenders(Unfinished()).ShouldBeEmpty();

    [Fact]
    public void Sources_OverThreeHundredLines_HaveAReason()
    {
        var sizes = Repository.Sources().Select(file => (Name: Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'), Lines: File.ReadLines(file).Count())).ToList();
        TestContext.Current.SendDiagnosticMessage($"{sizes.Count} files, median {sizes.Select(size => size.Lines).Order().ElementAt(sizes.Count / 2)} lines, largest {sizes.MaxBy(size => size.Lines)}");
        sizes.Where(size => size.Lines > 300 && !LongFiles.ContainsKey(size.Name)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Offenders(Regex forbidden, string folder = "src") =>
        from file in Repository.Sources(folder)
        from line in File.ReadLines(file)
        where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && forbidden.IsMatch(line)
        select $"{Path.GetRelativePath(Repository.Root, file)}: {line.Trim()}";

    [GeneratedRegex(@"\b(TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Unfinished();
}

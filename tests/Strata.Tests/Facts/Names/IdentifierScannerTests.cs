using Strata.Facts.Names;

namespace Strata.Tests.Facts.Names;

public class IdentifierScannerTests
{
    private static List<(string, string)> Scan(string text)
    {
        var found = new List<(string, string)>();
        var scanner = new IdentifierScanner(text);
        while (scanner.MoveNext())
            found.Add((scanner.Current.ToString(), scanner.Kind.ToString()));
        return found;
    }

    [Theory]
    [InlineData("see https://example.org/a?b=1.", "https://example.org/a?b=1", "Url")]
    [InlineData("in src/Dates/Parser.cs:42:7, line", "src/Dates/Parser.cs", "Path")]
    [InlineData("open \"/home/me/app/\" now", "/home/me/app", "Path")]
    [InlineData("the README.md says", "README.md", "Path")]
    [InlineData("commit 4f3a2b1c is", "4f3a2b1c", "Id")]
    [InlineData("log 2026-01-19-c2b51eb0-d0e9-43cf-b431-42c05d49450b is", "c2b51eb0-d0e9-43cf-b431-42c05d49450b", "Id")]
    [InlineData("ticket ENT-228 done", "ENT-228", "Id")]
    [InlineData("reservation 3RK2T9 is", "3RK2T9", "Id")]
    [InlineData("total 120000 rows", "120000", "Number")]
    [InlineData("with --dry-run on", "--dry-run", "Name")]
    [InlineData("settings.IsWingmanEnabled()", "IsWingmanEnabled", "Name")]
    [InlineData("a max_tool_results option", "max_tool_results", "Name")]
    [InlineData("throws KeyNotFoundException here", "KeyNotFoundException", "Error")]
    public void MoveNext_Name_IsFoundWithItsKind(string text, string name, string kind) => Scan(text).ShouldContain((name, kind));

    [Theory]
    [InlineData("plain words only, and/or nothing else")]
    [InlineData("in 2024 we had 12 of them")]
    [InlineData("// ------- ==== ....")]
    [InlineData("at 2026-01-12T10:30:00Z, 100KB")]
    [InlineData("日本語のテキスト 😀")]
    public void MoveNext_PlainText_FindsNothing(string text) => Scan(text).ShouldBeEmpty();

    [Fact]
    public void MoveNext_LongRun_IsSkippedInLinearTime() =>
        Scan(new string('a', 1_000_000) + " then someName").ShouldBe([("someName", "Name")]);
}

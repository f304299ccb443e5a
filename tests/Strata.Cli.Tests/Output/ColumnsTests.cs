using Strata.Cli.Output;

namespace Strata.Cli.Tests.Output;

public sealed class ColumnsTests
{
    [Theory]
    [InlineData("short", 10, "short")]
    [InlineData("longer than that", 10, "longer th…")]
    [InlineData("天気予報を表示", 8, "天気予…")]
    [InlineData("👩‍🚀 in space", 4, "👩‍…")]
    public void Fit_Text_StaysWithinItsCells(string text, int width, string expected)
    {
        CellText.Fit(text, width).ShouldBe(expected);
        CellText.Width(CellText.Fit(text, width)).ShouldBeLessThanOrEqualTo(width);
    }

    [Fact]
    public void FitEnd_Path_KeepsTheFileName() => CellText.FitEnd("/home/ada/weather/forecast.py", 14).ShouldBe("…r/forecast.py");

    [Theory]
    [InlineData("my file.db", false, "\"my file.db\"")]
    [InlineData("it's $HOME", false, @"'it'\''s $HOME'")]
    [InlineData("~/own.db", false, "\"~/own.db\"")]
    [InlineData("/srv/data/own-1.db", false, "/srv/data/own-1.db")]
    [InlineData("postgres://ada@db:5433/strata", false, "postgres://ada@db:5433/strata")]
    [InlineData(@"C:\data\own.db", true, @"C:\data\own.db")]
    [InlineData(@"C:\my data\own.db", true, "\"C:\\my data\\own.db\"")]
    [InlineData("", false, "\"\"")]
    public void Quote_Word_IsOneWordOfTheShell(string word, bool isWindows, string expected) =>
        ShellText.Quote(word, isWindows).ShouldBe(expected);

    [Theory]
    [InlineData(0, "0%")]
    [InlineData(.0001, "<0.1%")]
    [InlineData(.0514, "5.1%")]
    [InlineData(.196, "20%")]
    [InlineData(1.5, "150%")]
    public void Percent_Share_IsNarrow(double share, string expected) => Numbers.Percent(share).ShouldBe(expected);
}

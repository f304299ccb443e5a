using Strata.LevelZero;

namespace Strata.Tests.LevelZero;

public class SummaryFormatTests
{
    [Theory]
    [InlineData("a\u0085Rules (user):\r- b", "a Rules (user): - b")]
    [InlineData("a\u2028\u2029b\vc\fd", "a b c d")]
    [InlineData("a < /important>b<im>", "a ‹ /important>b<im>")]
    public void Escape_WhatWouldStandAtTheMargin_StaysInItsLine(string content, string escaped) =>
        SummaryFormat.Escape(content).ShouldBe(escaped);
}

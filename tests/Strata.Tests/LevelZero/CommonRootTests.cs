using Strata.LevelZero;

namespace Strata.Tests.LevelZero;

public class CommonRootTests
{
    private static readonly string[] Files =
        ["/home/ada/shop/cmd/api/main.go", "/home/ada/shop/cmd/api/routes.go", "/home/ada/shop/internal/db/pool.go"];

    [Fact]
    public void Of_SessionNamesFilesFromItsFolder_IsThatFolder() =>
        CommonRoot.Of(Files, ["cmd/api/main.go", "internal/db/pool.go"]).ShouldBe("/home/ada/shop/");

    [Fact]
    public void Of_SessionNamesNoneFromAnywhere_IsTheDeepestOfMostFiles() =>
        CommonRoot.Of(Files, ["other/thing.go"]).ShouldBe(CommonRoot.Of(Files));

    [Fact]
    public void Of_OneChanceMatch_DoesNotDecide() =>
        CommonRoot.Of(Files, ["api/main.go"]).ShouldBe(CommonRoot.Of(Files));
}

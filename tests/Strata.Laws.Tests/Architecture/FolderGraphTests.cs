namespace Strata.Laws.Tests.Architecture;

/// <summary>The law proves itself: a use against the order and a cycle are reported, however they are written.</summary>
public sealed class FolderGraphTests
{
    private const string Below = """
        namespace Made.Below;
        public class Widget
        {
            public const int Size = 3;
            public static Widget Only { get; } = new();
            public static Widget operator +(Widget one, Widget other) => one;
            public Widget this[int index] => this;
            public int Weigh() => 1;
        }
        public static class WidgetExtensions { public static int Twice(this int number) => 2 * number; }
        """;

    [Theory]
    [InlineData("using Made.Below; class Maker { Widget? Field; }")]
    [InlineData("using Made.Below; class Maker { System.Collections.Generic.List<Widget>? Field; }")]
    [InlineData("using Made.Below; class Maker { int Size() => 2.Twice(); }")]
    [InlineData("using Made.Below; class Maker { const int Size = Widget.Size; }")]
    [InlineData("using static Made.Below.Widget; class Maker { int Count = Size; }")]
    [InlineData("using Thing = Made.Below.Widget; class Maker { Thing? Field; }")]
    [InlineData("class Maker { object Make() => Made.Below.Widget.Only; }")]
    [InlineData("class Maker { string Name => nameof(Made.Below.Widget); }")]
    [InlineData("using Made.Below; [System.Obsolete(nameof(Widget))] class Maker;")]
    public void AgainstOrder_UseOfALowerFolder_IsReportedInWhateverForm(string source)
    {
        var graph =
            new FolderGraph(SourceProject.Of(("Above/Maker.cs", "namespace Made.Above; " + source), ("Below/Widget.cs", Below)).Uses());

        graph.AgainstOrder(["Above", "Below"]).ShouldHaveSingleItem().ShouldStartWith("Above/Maker.cs:1 uses Widget");
        graph.AgainstOrder(["Below", "Above"]).ShouldBeEmpty();
    }

    [Fact]
    public void AgainstOrder_UseThroughATypeThatIsNeverNamed_IsReported()
    {
        const string middle =
            "namespace Made.Middle; public static class Source { public static Made.Below.Widget Get() => Made.Below.Widget.Only; }";
        const string above = "namespace Made.Above; class Maker { int Weigh() => Made.Middle.Source.Get().Weigh(); }";
        var graph =
            new FolderGraph(SourceProject.Of(("Above/Maker.cs", above), ("Middle/Source.cs", middle), ("Below/Widget.cs", Below)).Uses());

        graph.AgainstOrder(["Middle", "Above", "Below"])
            .ShouldContain(use => use.StartsWith("Above/Maker.cs:1 uses Widget", StringComparison.Ordinal));
    }

    [Fact]
    public void AgainstOrder_FolderWithoutAPlace_IsReported() =>
        new FolderGraph(SourceProject.Of(("Above/Maker.cs", "class Maker { Widget? Field; }"), ("Widget.cs", "class Widget;")).Uses())
            .AgainstOrder(["Above"]).ShouldHaveSingleItem();

    [Theory]
    [InlineData("")]
    [InlineData("Deep/Deeper/")]
    public void Cycles_OfSiblingFolders_AreReportedWithTheUsesThatMakeThem(string parent)
    {
        var graph = new FolderGraph(SourceProject.Of(
            (parent + "A/One.cs", "class One { Two? Next; }"),
            (parent + "B/Two.cs", "class Two { Three? Next; }"),
            (parent + "C/Three.cs", "class Three { One? Next; }"),
            (parent + "D/Four.cs", "class Four { One? Next; }")).Uses());

        var cycle = graph.Cycles().ShouldHaveSingleItem();
        cycle.ShouldStartWith(parent + "{A, B, C}");
        cycle.ShouldContain($"{parent}C/Three.cs:1 uses One of {parent}A/One.cs");
    }

    [Fact]
    public void Cycles_ParentThatNamesItsChildren_IsNone() =>
        new FolderGraph(SourceProject.Of(
            ("A/Registry.cs", "class Registry { One? First; }"), ("A/B/One.cs", "class One { Registry? All; }")).Uses())
            .Cycles().ShouldBeEmpty();
}

using Strata.Reducing;

namespace Strata.Tests.Reducing;

public class ReducersTests
{
    [Fact]
    public void All_EveryReducer_IsInTheListAndInheritsTheContract()
    {
        var written = typeof(IReducer).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(IReducer)) && !type.IsInterface).Select(type => type.Name).Order();
        var tested = typeof(ReducerContract).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ReducerContract)))
            .Select(type => ((ReducerContract)Activator.CreateInstance(type)!).NameOfReducer).Order();

        Reducers.All.Select(reducer => reducer.GetType().Name).Order().ShouldBe(written);
        tested.ShouldBe(written);
    }

    [Fact]
    public void Find_TwoKindsInOneText_TakesTheSurest()
    {
        // Records of go test are lines of JSON too.
        var records = Reduced.Lines(40, i => $$"""{"Action":"output","Package":"shop","Output":"--- PASS: TestA{{i}} (0.01s)\n"}""")
            + "\n" + """{"Action":"output","Package":"shop","Output":"FAIL\tshop\t2.1s\n"}""";

        Reducers.All.Count(reducer => reducer.Detect(new ToolOutput(records)) > 0).ShouldBeGreaterThan(1);
        Reduced.As("tests", records).ShouldContain("[40 passed, left out]");
    }

    [Fact]
    public void Find_MarkdownThatBeginsWithATagForItsLayout_IsTheFileThatWasRead()
    {
        var text = "<div align=\"center\">\n\n# Plan\n\n</div>\n" + Reduced.Lines(60, i => $"## Part {i}\n\nWhat part {i} is about. And more of it.\n\nA second paragraph of part {i} that goes on at length and that nobody has to keep.\n");

        Reducers.Find(new ToolOutput(text, "Read", Path: "/app/README.md")).ShouldNotBeNull().Reducer.Kind.ShouldBe("file");
        Reducers.Find(new ToolOutput(text.Replace("\n\n", "</p>\n<p class=\"part\" style=\"margin: 0 auto; padding: 2em\">", StringComparison.Ordinal)))
            .ShouldNotBeNull().Reducer.Kind.ShouldBe("html");
    }

    [Fact]
    public void Find_SurestThatSavesLittle_LeavesTheTextToTheNext()
    {
        // Its lines are a log's, but each says something of its own; of a table with the same lines the cells that all rows share are said once.
        var text = "TIME       LEVEL   ZONE                        WORD\n" + Reduced.Lines(30, i => $"10:00:{i:00}   INFO    europe-west-with-a-long-name   w{(char)('a' + (i % 26))}{(char)('a' + (i / 3))}");
        var found = Reducers.Find(new ToolOutput(text));

        found.ShouldNotBeNull();
        found.Value.Natural.Length.ShouldBeLessThanOrEqualTo(text.Length * 9 / 10);
    }
}

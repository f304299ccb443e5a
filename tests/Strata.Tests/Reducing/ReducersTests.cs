using Strata.Reducing;

namespace Strata.Tests.Reducing;

public class ReducersTests
{
    [Fact]
    public void All_EveryReducer_IsInTheListAndInheritsTheContract()
    {
        var written = typeof(IReducer).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IReducer)) && !type.IsInterface).Select(type => type.Name).Order();
        var tested = typeof(ReducerContract).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ReducerContract)))
            .Select(type => ((ReducerContract)Activator.CreateInstance(type)!).NameOfReducer).Order();

        Reducers.All.Select(reducer => reducer.GetType().Name).Order().ShouldBe(written);
        tested.ShouldBe(written);
    }

    [Fact]
    public void Find_TwoKindsInOneText_TakesTheSurest()
    {
        // Records of go test are lines of JSON too.
        static string Record(string output) => $$"""{"Action":"output","Package":"shop","Output":"{{output}}\n"}""";
        var records = Reduced.Lines(40, i => Record($"--- PASS: TestA{i} (0.01s)")) + "\n" + Record("FAIL\\tshop\\t2.1s");

        Reducers.All.Count(reducer => reducer.Detect(new ToolOutput(records)) > 0).ShouldBeGreaterThan(1);
        Reduced.As("tests", records).ShouldContain("[40 passed, left out]");
    }

    [Fact]
    public void Find_MarkdownThatBeginsWithATagForItsLayout_IsTheFileThatWasRead()
    {
        var text = "<div align=\"center\">\n\n# Plan\n\n</div>\n" + Reduced.Lines(60, i =>
            $"## Part {i}\n\nWhat part {i} is about. And more of it.\n\n" +
            $"A second paragraph of part {i} that goes on at length and that nobody has to keep.\n");

        Reducers.Find(new ToolOutput(text, "Read", Path: "/app/README.md")).ShouldNotBeNull().Reducer.Kind.ShouldBe("file");
        var page = text.Replace("\n\n", "</p>\n<p class=\"part\" style=\"margin: 0 auto; padding: 2em\">", StringComparison.Ordinal);
        Reducers.Find(new ToolOutput(page)).ShouldNotBeNull().Reducer.Kind.ShouldBe("html");
    }

    [Fact]
    public void Find_SurestThatSavesLittle_LeavesTheTextToTheNext()
    {
        // An outline keeps each heading and each first sentence: there is nothing else here. As lines they are all alike.
        var notes =
            new ToolOutput(Reduced.Lines(60, i => $"## Part {i}\n\nWhat part {i} is about. And more.\n"), "Read", Path: "/app/NOTES.md");

        Reducers.All.MaxBy(reducer => reducer.Detect(notes))!.Kind.ShouldBe("file");
        Reducers.Find(notes).ShouldNotBeNull().Reducer.Kind.ShouldBe("log");
    }
}

using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Tests.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Planning;

public sealed class SupersededReadsTests
{
    private static readonly string Source = string.Concat(Enumerable.Range(1, 200)
        .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i,6}→the text of line {i} of the file\n")));

    public static TheoryData<string> Strategies => [.. CompactionStrategies.All.Select(strategy => strategy.Name)];

    [Fact]
    public void Find_FileReadAgain_SupersedesTheEarlierRead()
    {
        var found = Find(Read("a.cs"), Read("b.cs"), Read("a.cs"));
        found.ShouldHaveSingleItem().ShouldBe((1, new SupersededRead("c1", 3, WasChanged: false)));
    }

    [Fact]
    public void Find_FileChangedLater_SupersedesEveryEarlierRead()
    {
        var found = Find(Read("src/a.cs"), Read("./src/a.cs", offset: 10, limit: 5), Edit("src/a.cs", "The file was updated."));
        found.Select(pair => pair.Group).ShouldBe([1, 2]);
        found.ShouldAllBe(pair => pair.Read.WasChanged && pair.Read.ByGroup == 3);
    }

    [Fact]
    public void Find_PartReadLater_SupersedesOnlyWhatItCovers()
    {
        Find(Read("a.cs"), Read("a.cs", offset: 1, limit: 50)).ShouldBeEmpty();
        Find(Read("a.cs", offset: 10, limit: 20), Read("a.cs", offset: 5, limit: 25)).ShouldHaveSingleItem();
        Find(Read("a.cs", offset: 10, limit: 20), Read("a.cs", offset: 5, limit: 24)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("File unchanged since last read.")]
    [InlineData("")]
    public void Find_ReadThatShowsNothing_SupersedesNothing(string result) =>
        Find(Read("a.cs"), Read("a.cs", result: result)).ShouldBeEmpty();

    [Fact]
    public void Find_ChangeThatFailed_SupersedesNothing() =>
        Find(Read("a.cs"), Edit("a.cs", "Error: String to replace not found in file.")).ShouldBeEmpty();

    [Fact]
    public void Find_SearchInTheFile_IsNoRead() =>
        Find(Read("a.cs"), session => session.Tool("Grep", new { path = "a.cs", pattern = "x" }, Source)).ShouldBeEmpty();

    [Fact]
    public void Find_Patch_SupersedesTheFilesItNames() =>
        Find(Read("a.cs"), Read("b.cs"),
            session =>
                session.Tool("apply_patch", new { input = "*** Begin Patch\n*** Update File: b.cs\n@@\n-a\n+b\n*** End Patch" }, "Done!"))
            .ShouldHaveSingleItem().Group.ShouldBe(2);

    [Theory, MemberData(nameof(Strategies))]
    public async Task CompactAsync_ReadAgainLater_LeavesOneLineWithAHandle(string strategy)
    {
        var session = new SessionBuilder().User("Read the file until you know it.");
        for (var i = 0; i < 8; i++)
            session.Tool("Read", new { file_path = "/app/a.cs" }, Source);
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o", Strategy = strategy });
        var before = compactor.GetTokenUsage(session.Messages).Current;

        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = session.Messages, Force = true, Target = before * 9 / 10 },
            TestContext.Current.CancellationToken);

        result.Receipt!.Rungs.ShouldBe([Rungs.SupersededReads]);
        var texts = result.Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>()
            .Select(content => MessageText.OfResult(content.Result)).ToList();
        texts.Count.ShouldBe(8);
        texts[^1].ShouldBe(Source, "the newest read stays");
        texts[0].ShouldMatch(@"\A\[superseded by a later read: [\d,]+ tokens cut; recall [0-9a-z]{12}\]\z");
        texts.Count(text => text == Source).ShouldBe(6, "the newest window is left alone");
    }

    private static List<(int Group, SupersededRead Read)> Find(params Action<SessionBuilder>[] steps)
    {
        var session = new SessionBuilder().User("Go.");
        foreach (var step in steps)
            step(session);
        return [.. SupersededReads.Find(Transcript.Create(session.Messages)).OrderBy(pair => pair.Key)
            .SelectMany(pair => pair.Value.Select(read => (pair.Key, read)))];
    }

    private static Action<SessionBuilder> Read(string path, string? result = null) =>
        session => session.Tool("Read", new { file_path = path }, result ?? Source);

    private static Action<SessionBuilder> Read(string path, int offset, int limit) =>
        session => session.Tool("Read", new { file_path = path, offset, limit }, Source);

    private static Action<SessionBuilder> Edit(string path, string result) =>
        session => session.Tool("Edit", new { file_path = path, old_string = "a", new_string = "b" }, result);
}

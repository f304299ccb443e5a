using System.Text.Json;
using Strata.Archives;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

/// <summary>What <c>strata compact</c> does with an archive.</summary>
public sealed class ArchivingTests
{
    [Fact]
    public async Task Compact_FirstRun_MakesTheArchiveAndNamesIt()
    {
        using var cli = new Support.Cli();

        var first = (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0);
        cli.Later = TimeSpan.FromHours(1);
        var second = (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--target", "30%")).ShouldExitWith(0);

        first.Output.ShouldMatch(
            @"Originals: strata recall HANDLE\nArchive: ~/\.local/share/strata/archive\.db \(made now\), receipt [0-9a-z]{12}\n");
        second.Output.ShouldMatch(@"Archive: ~/\.local/share/strata/archive\.db, receipt [0-9a-z]{12}\n");
        File.Exists(cli.DefaultArchive).ShouldBeTrue();
        var sessions = Json(await cli.RunAsync("sessions", "--json")).GetProperty("sessions");
        sessions.GetArrayLength().ShouldBe(1);
        sessions[0].GetProperty("session").GetString().ShouldBe("5e551011-0000-4000-8000-000000000001");
        sessions[0].GetProperty("name").GetString().ShouldBe("session.jsonl");
        sessions[0].GetProperty("compactions").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task Compact_NothingToDo_MakesNoArchive()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("compact", cli.Session())).ShouldExitWith(0).Output.ShouldNotContain("Archive:");

        File.Exists(cli.DefaultArchive).ShouldBeFalse();
    }

    [Fact]
    public async Task Compact_NoArchive_MakesNoneAndNamesTheInput()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--no-archive")).ShouldExitWith(0);

        result.Output.ShouldContain("Originals: strata recall HANDLE --in session.jsonl\n");
        result.Output.ShouldNotContain("Archive:");
        File.Exists(cli.DefaultArchive).ShouldBeFalse();
        (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--no-archive", "--archive", "x.db")).ShouldExitWith(2).Error
            .ShouldContain("contradict");
    }

    [Fact]
    public async Task Compact_ArchiveTyped_StandsInTheHint()
    {
        using var cli = new Support.Cli();

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "20%", "--archive", cli.PathOf("own.db"))).ShouldExitWith(0);

        result.Output.ShouldContain("Originals: strata recall HANDLE --archive own.db\n");
        cli.Files().ShouldContain("own.db");
    }

    [Fact]
    public async Task Compact_ArchiveOfTheEnvironment_IsTaken()
    {
        using var cli = new Support.Cli();
        cli.Variables["STRATA_ARCHIVE"] = cli.PathOf("own.db");

        (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(0).Output
            .ShouldContain("Originals: strata recall HANDLE\n");

        cli.Files().ShouldContain("own.db");
        Json(await cli.RunAsync("sessions", "--json")).GetProperty("sessions").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData(ArchiveFault.NotAnArchive)]
    [InlineData(ArchiveFault.Full)]
    [InlineData(ArchiveFault.Unreachable)]
    public async Task Compact_ArchiveFails_WritesNothingAndNamesTheWayOut(ArchiveFault fault)
    {
        using var cli = new Support.Cli { OpenArchive = FailingArchive.With(fault, "the archive says no.") };

        var result = (await cli.RunAsync("compact", cli.Session(), "--target", "20%")).ShouldExitWith(2);

        result.Error.ShouldBe("strata: the archive says no. Nothing was written; --no-archive compacts without an archive.\n");
        cli.Files().ShouldBe(["session.jsonl"]);
        (await cli.RunAsync("compact", cli.PathOf("session.jsonl"), "--target", "20%", "--no-archive")).ShouldExitWith(0);
    }

    [Fact]
    public async Task Compact_ArchiveFails_NoModelIsPaid()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli { OpenArchive = FailingArchive.With(ArchiveFault.ReadOnly, "read-only.") };

        (await cli.RunAsync("compact", cli.Session(30), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url))
            .ShouldExitWith(2);

        server.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task Compact_SameFileWithModelsAgain_PaysNothing()
    {
        await using var server = await FakeOllama.StartAsync();
        using var cli = new Support.Cli();
        string[] args = ["compact", cli.Session(30), "--target", "20%", "--l1", "ollama/small", "--ollama", server.Url, "--json"];
        (await cli.RunAsync(args)).ShouldExitWith(0);
        var paid = server.Asked.Count;
        var compacted = await cli.ReadAsync("session.compacted.jsonl");

        cli.Later = TimeSpan.FromHours(1);
        var again = Json(await cli.RunAsync(args)).GetProperty("ladder").GetProperty("levels").EnumerateArray()
            .Single(row => row.GetProperty("level").GetInt32() == 1);

        paid.ShouldBeGreaterThan(10);
        server.Asked.Count.ShouldBe(paid);
        again.GetProperty("calls").GetInt32().ShouldBe(0);
        again.GetProperty("fromStore").GetInt32().ShouldBeGreaterThan(10);
        (await cli.ReadAsync("session.compacted.jsonl")).ShouldBe(compacted);
    }

    [Fact]
    public async Task Compact_FileWithoutAName_StaysInTheSessionThatItWentOnFrom()
    {
        using var cli = new Support.Cli();
        cli.Write("chat.json", await SampleFiles.InAsync("openai-chat"));
        (await cli.RunAsync("compact", cli.PathOf("chat.json"), "--target", "40%")).ShouldExitWith(0);
        cli.Later = TimeSpan.FromHours(1);
        (await cli.RunAsync("compact", cli.PathOf("chat.json"), "--target", "30%", "--overwrite")).ShouldExitWith(0);
        cli.Write("chat2.json", SampleFiles.GoOn("openai-chat", await cli.ReadAsync("chat.compacted.json")));
        (await cli.RunAsync("compact", cli.PathOf("chat2.json"), "--target", "20%")).ShouldExitWith(0);

        var receipts = Json(await cli.RunAsync("receipts", "--json")).GetProperty("receipts").EnumerateArray().ToList();

        receipts.Count.ShouldBe(3);
        receipts.Select(receipt => receipt.GetProperty("session").GetString()).Distinct().Count().ShouldBe(1);
    }

    private static JsonElement Json(CliResult result) => JsonDocument.Parse(result.ShouldExitWith(0).Output).RootElement;
}

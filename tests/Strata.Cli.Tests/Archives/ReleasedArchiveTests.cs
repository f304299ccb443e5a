using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Strata.Cli.Tests.Support;
using Strata.Storage.Sqlite;

namespace Strata.Cli.Tests.Archives;

/// <summary>
/// An archive that the released tool wrote, opened by the tool as it is now. What the released tool read from it stands beside the file;
/// README.md there says how both were made.
/// </summary>
public sealed class ReleasedArchiveTests : IDisposable
{
    private const string CodingSession = "62f746b4-84e6-4ceb-95bd-447e7184d454";
    private const string Incident = "r49mf03swewk";

    private readonly Support.Cli _cli = new();
    private readonly string _archive;

    public ReleasedArchiveTests() => _archive = _cli.Write("archive.db", File.ReadAllBytes(Fixture("released-0.1.0.db")));

    private static JsonElement Expected { get; } = JsonDocument.Parse(File.ReadAllBytes(Fixture("released-0.1.0.json"))).RootElement;

    public static TheoryData<string> Words => [.. Expected.GetProperty("search").EnumerateObject().Select(search => search.Name)];

    [Fact]
    public async Task Recall_EachHandle_PrintsWhatTheReleasedToolPrinted()
    {
        foreach (var handle in Expected.GetProperty("recall").EnumerateObject())
        {
            var recalled = await RunAsync("recall", handle.Name);
            Convert.ToHexStringLower(SHA256.HashData(recalled.Bytes)).ShouldBe(handle.Value.GetString(), handle.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Words))]
    public async Task Search_Words_FindsWhatTheReleasedToolFound(string words)
    {
        using var found = JsonDocument.Parse((await RunAsync("search", words, "--json")).Bytes);
        var handles = found.RootElement.GetProperty("hits").EnumerateArray().Select(hit => hit.GetProperty("handle").GetString()).ToList();
        foreach (var handle in Expected.GetProperty("search").GetProperty(words).EnumerateArray())
            handles.ShouldContain(handle.GetString());
    }

    [Fact]
    public async Task Receipts_OfTheFile_SayWhatTheySaid()
    {
        using var read = JsonDocument.Parse((await RunAsync("receipts", "--json")).Bytes);
        var receipts = read.RootElement.GetProperty("receipts").EnumerateArray().ToList();
        receipts.Count.ShouldBe(Expected.GetProperty("receipts").GetArrayLength());
        foreach (var (receipt, expected) in receipts.Zip(Expected.GetProperty("receipts").EnumerateArray()))
        {
            foreach (var property in expected.EnumerateObject())
                receipt.GetProperty(property.Name).GetRawText().ShouldBe(property.Value.GetRawText(), property.Name);
        }
    }

    [Fact]
    public async Task Undo_CompactionBeforeTheOneUndoneThen_IsTheSessionByteForByte()
    {
        await RunAsync("undo", CodingSession, "-o", _cli.PathOf("restored.jsonl"));
        var sample = await File.ReadAllTextAsync(Sample("coding-session.jsonl"), TestContext.Current.CancellationToken);
        var first = string.Concat(sample.Split('\n').Take(160).Select(line => line + "\n"));
        Encoding.UTF8.GetString(await _cli.ReadAsync("restored.jsonl")).ShouldBe(first);
    }

    [Fact]
    public async Task Undo_SessionWithModelWrittenSummary_IsTheFileByteForByte()
    {
        await RunAsync("undo", Incident, "-o", _cli.PathOf("restored.json"));
        (await _cli.ReadAsync("restored.json"))
            .ShouldBe(await File.ReadAllBytesAsync(Sample("incident-de.json"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Find_EachSummaryNode_GivesItsText()
    {
        var cancellation = TestContext.Current.CancellationToken;
        await using var archive = await SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = _archive }, cancellation);
        var levels = new List<int>();
        foreach (var key in Expected.GetProperty("nodes").EnumerateArray())
        {
            var node = (await archive.FindAsync(key.GetString()!, cancellation)).ShouldNotBeNull();
            node.Text.ShouldNotBeNullOrWhiteSpace();
            node.Tokens.ShouldBePositive();
            levels.Add(node.Level);
        }

        levels.Distinct().Order().ShouldBe([0, 1]);
    }

    [Fact]
    public async Task Compact_AnotherSessionIntoIt_GoesOnAndStaysSound()
    {
        (await RunAsync("doctor")).Output.ShouldContain("2 sessions, 3 receipts, 344 originals, 5 summary nodes");
        await RunAsync("compact", _cli.Session(), "--target", "20%");
        await RunAsync("compact", Sample("coding-session.jsonl"), "--target", "20%", "-o", _cli.PathOf("again.jsonl"));

        // The copy has the rights of a new file, which doctor takes away.
        await RunAsync("doctor", "--repair");
        var doctor = await RunAsync("doctor");

        doctor.Output.ShouldContain("5 receipts");
        doctor.Output.ShouldContain("Everything was read and is as it was written.");
        await RunAsync("undo", CodingSession, "-o", _cli.PathOf("whole.jsonl"));
        (await _cli.ReadAsync("whole.jsonl"))
            .ShouldBe(await File.ReadAllBytesAsync(Sample("coding-session.jsonl"), TestContext.Current.CancellationToken));
    }

    public void Dispose() => _cli.Dispose();

    private async Task<CliResult> RunAsync(params string[] args) =>
        (await _cli.RunAsync([.. args, "--archive", _archive])).ShouldExitWith(0);

    private static string Fixture(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", name);

    private static string Sample(string name) => Path.Combine(DocumentedExample.Root, "samples", name);
}

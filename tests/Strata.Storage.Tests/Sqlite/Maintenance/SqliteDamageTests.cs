using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Storage.Sqlite;
using Strata.Storage.Tests.Processes;
using Strata.Transcripts;

namespace Strata.Storage.Tests.Sqlite.Maintenance;

/// <summary>A file of which pages were overwritten.</summary>
public sealed class SqliteDamageTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("originals")]
    [InlineData("blocks")]
    [InlineData("receipts")]
    [InlineData("handles")]
    [InlineData("shared")]
    [InlineData("log")]
    [InlineData("originals_fingerprint")]
    public async Task CheckAsync_PagesOverwritten_SaysWhatIsLostAndTheRestIsRead(string table)
    {
        using var folder = new TemporaryFolder();
        var options = new SqliteArchiveOptions { Path = folder.File("archive.db") };
        var messages = Enumerable.Range(0, 400)
            .Select(i => new ChatMessage(
                ChatRole.User, $"message {i} {string.Concat(Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()))}")).ToList();
        long page;
        await using (var archive = await SqliteArchive.OpenAsync(options, Cancellation))
        {
            for (var i = 0; i < messages.Count; i += 10)
                await archive.AppendAsync("s", ArchiveCheck.Named(messages[i..(i + 10)]), cancellationToken: Cancellation);
            await new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive)
                .CompactAsync(new CompactionRequest { Messages = MadeUp.Conversation(1), Threshold = 1_000, Target = 1_000, Force = true },
                    Cancellation);
            page = await archive.NumberAsync($"SELECT rootpage FROM sqlite_master WHERE name = '{table}'");
        }

        await using (var file = new FileStream(options.Path!, FileMode.Open))
        {
            file.Seek((page - 1) * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4096).ToArray(), Cancellation);
        }

        await using var damaged = await SqliteArchive.OpenAsync(options, Cancellation);
        var findings = await damaged.CheckAsync(cancellationToken: Cancellation);
        findings.ShouldContain(finding => finding.Severity == FindingSeverity.Lost);
        (await damaged.CheckAsync(repair: true, Cancellation))
            .ShouldContain(finding => finding.Severity == FindingSeverity.Lost && !finding.Repaired);
        (await damaged.FindSessionAsync("s", Cancellation)).ShouldNotBeNull().LogCount.ShouldBe(400);
    }

    [Theory]
    [InlineData(1, 3)]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    public async Task ReadAsync_OnePageOfTextsOverwritten_GivesTheOthers(int part, int parts)
    {
        using var folder = new TemporaryFolder();
        var options = new SqliteArchiveOptions { Path = folder.File("archive.db") };
        var messages = ArchiveCheck.Named([.. Enumerable.Range(0, 400)
            .Select(i =>
                new ChatMessage(ChatRole.User, $"message {i} {string.Concat(Enumerable.Range(0, 40).Select(_ => Guid.NewGuid()))}"))]);
        await using (var archive = await SqliteArchive.OpenAsync(options, Cancellation))
        {
            for (var i = 0; i < messages.Count; i += 10)
                await archive.AppendAsync("s", [.. messages.Skip(i).Take(10)], cancellationToken: Cancellation);
        }

        await using (var file = new FileStream(options.Path!, FileMode.Open))
        {
            file.Seek(file.Length / 4096 * part / parts * 4096, SeekOrigin.Begin);
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, 4096).ToArray(), Cancellation);
        }

        await using var damaged = await SqliteArchive.OpenAsync(options, Cancellation);
        (await damaged.CheckAsync(cancellationToken: Cancellation)).ShouldContain(finding => finding.Severity == FindingSeverity.Lost);
        var read = 0;
        foreach (var message in messages)
        {
            try
            {
                read += (await damaged.ReadAsync([message.Fingerprint], Cancellation))[0]?.Message.Text == message.Message.Text ? 1 : 0;
            }
            catch (ArchiveException e)
            {
                e.Message.ShouldContain("damaged");
            }
        }

        read.ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task CommitAsync_OriginalsThatItHasAreDamaged_RefusesInsteadOfTrustingThem()
    {
        using var folder = new TemporaryFolder();
        var options = new SqliteArchiveOptions { Path = folder.File("archive.db") };
        var request = new CompactionRequest { Messages = MadeUp.Conversation(1), Threshold = 1_000, Target = 1_000, Force = true };
        await using (var archive = await SqliteArchive.OpenAsync(options, Cancellation))
        {
            await new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive).CompactAsync(request, Cancellation);
            await archive.NumberAsync("UPDATE blocks SET bytes = zeroblob(length(bytes)) RETURNING id");
        }

        await using var damaged = await SqliteArchive.OpenAsync(options, Cancellation);
        var compactor = new Compactor(new CompactionOptions { Window = 100_000 }, archive: damaged);
        var refused = await Should.ThrowAsync<ArchiveException>(async () => await compactor.CompactAsync(request, Cancellation));
        refused.Message.ShouldContain("damaged");
        (await damaged.ListReceiptsAsync(cancellationToken: Cancellation)).Count.ShouldBe(1);
    }
}

using Strata.Archives;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Postgres.Maintenance;

public sealed class PostgresDamageTests(PostgresServerFixture server) : IAsyncDisposable
{
    private readonly PostgresSchema _schema = new(server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _schema.DisposeAsync();

    [Theory]
    [InlineData("UPDATE block SET bytes = decode(repeat('00', octet_length(bytes)), 'hex')")]
    [InlineData("UPDATE block SET items = set_byte(items, 24, 255 - get_byte(items, 24))")]
    [InlineData("UPDATE block SET items = substr(items, 1, 20)")]
    [InlineData("UPDATE original SET slot = slot + 1000")]
    [InlineData("UPDATE original SET slot = 1 - slot WHERE slot < 2")]
    [InlineData("DELETE FROM block")]
    public async Task CommitAsync_OriginalsThatItHasAreDamaged_RefusesInsteadOfTrustingThem(string damage)
    {
        await using var archive = await _schema.OpenAsync();
        var request = new CompactionRequest { Messages = MadeUp.Conversation(1), Threshold = 1_000, Target = 1_000, Force = true };
        var compactor = new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive);
        await compactor.CompactAsync(request, Cancellation);
        await compactor.CompactAsync(request, Cancellation);
        await _schema.RunAsync(damage, tenant: "a");

        var refused = await Should.ThrowAsync<ArchiveException>(async () => await compactor.CompactAsync(request, Cancellation));
        refused.Fault.ShouldBe(ArchiveFault.NotAnArchive);
        refused.Message.ShouldContain("damaged");
        refused.Message.ShouldContain("doctor");
        (await archive.ListReceiptsAsync(cancellationToken: Cancellation)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task CommitAsync_DamageInWhatItDoesNotNeed_IsNoReasonToRefuse()
    {
        await using var archive = await _schema.OpenAsync();
        var compactor = new Compactor(new CompactionOptions { Window = 100_000 }, archive: archive);
        await compactor.CompactAsync(
            new CompactionRequest { Messages = MadeUp.Conversation(1), Threshold = 1_000, Target = 1_000, Force = true }, Cancellation);
        await _schema.RunAsync("UPDATE block SET bytes = decode(repeat('00', octet_length(bytes)), 'hex')", tenant: "a");
        var known = MadeUp.Conversation(1).Select(message => message.Text).ToHashSet();
        var others = MadeUp.Conversation(2).Where(message => message.Text.Length == 0 || !known.Contains(message.Text)).ToList();
        (await compactor.CompactAsync(new CompactionRequest { Messages = others, Threshold = 1_000, Target = 1_000, Force = true },
            Cancellation)).Receipt.ShouldNotBeNull();
    }
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Strata.Archives;
using Strata.Storage.Sqlite;
using Strata.Storage.Tests.Processes;

namespace Strata.Storage.Tests.Sqlite;

/// <summary>
/// Several processes on one file, and processes that are killed. The long runs are `archive kills` and `archive writers` of the benchmarks.
/// </summary>
public sealed class SqliteProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Archive => _folder.File("archive.db");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task CommitAsync_ProcessKilledAtRandomMoments_LosesNothingAcknowledged()
    {
        var children =
            new KilledChildren(first => Start("compact", first.ToString(CultureInfo.InvariantCulture)), async () => await OpenAsync());

        await children.RunAsync(kills: 20, Cancellation);

        children.Faults.ShouldBeEmpty();
        children.Acknowledged.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task AppendAsync_EightProcessesOnOneSession_LosesNoneAndKeepsEachOnesOrder()
    {
        const int writers = 8, appends = 500;
        var children = Enumerable.Range(0, writers).Select(writer => Start("append", $"{writer}", $"{appends}")).ToList();
        var errors = Task.WhenAll(children.Select(child => child.StandardError.ReadToEndAsync(Cancellation)));
        var output = await Task.WhenAll(children.Select(child => child.StandardOutput.ReadToEndAsync(Cancellation)));
        var faults = string.Concat(await errors);
        children.ForEach(child => child.Dispose());

        output.ShouldAllBe(text => text.TrimEnd().EndsWith(ArchiveChild.Done, StringComparison.Ordinal), faults);
        await using var archive = await OpenAsync();
        (await ArchiveCheck.FaultOfLogAsync(archive, "shared", writers, appends, Cancellation)).ShouldBeNull();
        (await archive.CheckAsync(cancellationToken: Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task ClaimAsync_HolderWasKilled_IsFreeOnceTheLeaseEnds()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using (var archive = await OpenAsync(time))
            _ = await archive.ClaimAsync("node", Cancellation);
        await using var other = await OpenAsync(time);
        var waiting = other.ClaimAsync("node", Cancellation).AsTask();
        waiting.IsCompleted.ShouldBeFalse();

        time.Advance(TimeSpan.FromMinutes(1));

        await using var claim = await waiting;
        claim.ShouldNotBeNull();
    }

    private ValueTask<SqliteArchive> OpenAsync(TimeProvider? time = null) =>
        SqliteArchive.OpenAsync(new SqliteArchiveOptions { Path = Archive, TimeProvider = time ?? TimeProvider.System }, Cancellation);

    private Process Start(string what, params string[] arguments) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, ProcessArguments([Program.Child, what, Archive, .. arguments]))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    // Under `dotnet test` the running program is dotnet itself.
    private static IEnumerable<string> ProcessArguments(string[] arguments) =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Program).Assembly.Location, .. arguments]
            : arguments;
}

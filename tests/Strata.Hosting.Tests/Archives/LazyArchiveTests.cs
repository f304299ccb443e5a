using Microsoft.Extensions.DependencyInjection;
using Strata.Archives;
using Strata.Hosting.Archives;
using Strata.Hosting.Tests.Support;

namespace Strata.Hosting.Tests.Archives;

public sealed class LazyArchiveTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AnyCall_First_OpensOnce()
    {
        var opened = 0;
        var (inner, fake) = FakeArchive.Create();
        await using var archive = new LazyArchive(
            _ =>
            {
                Interlocked.Increment(ref opened);
                return ValueTask.FromResult(inner);
            },
            owns: true);

        opened.ShouldBe(0);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => archive.ListSessionsAsync(cancellationToken: Cancel).AsTask()));

        opened.ShouldBe(1);
        fake.Calls.Count.ShouldBe(8);
    }

    [Fact]
    public async Task AnyCall_OpeningFailed_IsTriedAgain()
    {
        var opened = 0;
        var (inner, _) = FakeArchive.Create();
        await using var archive = new LazyArchive(
            _ => ++opened == 1 ? throw new ArchiveException("The server is down. Start it.", ArchiveFault.Unreachable)
                : ValueTask.FromResult(inner), owns: true);

        await Should.ThrowAsync<ArchiveException>(async () => await archive.ListSessionsAsync(cancellationToken: Cancel));
        (await archive.ListSessionsAsync(cancellationToken: Cancel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task AnyCall_CallerCancelsTheOpening_OthersGoOn()
    {
        using var cancelled = new CancellationTokenSource();
        var entered = new TaskCompletionSource();
        var (inner, _) = FakeArchive.Create();
        var opened = 0;
        await using var archive = new LazyArchive(
            async cancellationToken =>
            {
                if (++opened == 1)
                {
                    entered.SetResult();
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }

                return inner;
            },
            owns: true);

        var first = archive.ListSessionsAsync(cancellationToken: cancelled.Token).AsTask();
        await entered.Task;
        var second = archive.ListSessionsAsync(cancellationToken: Cancel).AsTask();
        await cancelled.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => first);
        (await second).ShouldBeEmpty();
    }

    [Fact]
    public async Task EveryMethod_OfThePort_ReachesTheOpenedArchive()
    {
        var (inner, fake) = FakeArchive.Create();
        await using var archive = new LazyArchive(_ => ValueTask.FromResult(inner), owns: false);
        var methods = typeof(IArchive).GetInterfaces().Append(typeof(IArchive)).Where(port => port != typeof(IAsyncDisposable))
            .SelectMany(port => port.GetMethods()).ToList();

        foreach (var method in methods)
        {
            fake.Calls.Clear();
            var arguments = method.GetParameters()
                .Select(parameter =>
                    parameter.HasDefaultValue || parameter.ParameterType.IsClass || parameter.ParameterType.IsInterface ? null
                    : Activator.CreateInstance(parameter.ParameterType)).ToArray();
            dynamic call = method.Invoke(archive,
                [.. arguments.Select((value, i) => value
                    ?? (method.GetParameters()[i].ParameterType.IsValueType
                        ? Activator.CreateInstance(method.GetParameters()[i].ParameterType) : null))])!;
            await call;
            fake.Calls.ShouldBe([method.Name]);
        }
    }

    [Fact]
    public async Task Dispose_OwnArchive_IsDisposedOnce()
    {
        var (inner, fake) = FakeArchive.Create();
        var archive = new LazyArchive(_ => ValueTask.FromResult(inner), owns: true);
        await archive.OpenAsync(Cancel);

        archive.Dispose();
        await archive.DisposeAsync();

        fake.Calls.ShouldBe(["DisposeAsync"]);
        await Should.ThrowAsync<ObjectDisposedException>(async () => await archive.ListSessionsAsync(cancellationToken: Cancel));
    }

    [Fact]
    public async Task Dispose_NeverOpened_OpensNothing()
    {
        var archive = new LazyArchive(_ => throw new InvalidOperationException("opened"), owns: true);

        await archive.DisposeAsync();
    }

    [Fact]
    public async Task Start_ArchiveCannotBeOpened_NamesTheKey()
    {
        using var host = Setup.Host(services => services.AddStrata(Setup.Section(("Model", "gpt-4o")))
            .UseArchive((_, _) => throw new ArchiveException("The file is no archive. Name another.", ArchiveFault.NotAnArchive)));

        var failure = await Should.ThrowAsync<ArchiveException>(() => host.StartAsync(Cancel));

        failure.Message.ShouldBe("Strata:Archive: The file is no archive. Name another.");
        failure.Fault.ShouldBe(ArchiveFault.NotAnArchive);
    }
}

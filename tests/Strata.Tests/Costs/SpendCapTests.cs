using Strata.Costs;

namespace Strata.Tests.Costs;

public sealed class SpendCapTests
{
    [Fact]
    public void Reserve_UpToTheLimit_IsGranted()
    {
        var cap = new SpendCap(1);
        cap.Reserve(.6m).ShouldNotBeNull();
        cap.Reserve(.5m).ShouldBeNull();
        cap.Reserve(.4m).ShouldNotBeNull();
        (cap.Reserved, cap.Spent, cap.Limit).ShouldBe((1m, 0m, 1m));
    }

    [Fact]
    public void Settle_LessThanReserved_FreesTheRest()
    {
        var cap = new SpendCap(1);
        var reservation = cap.Reserve(1)!;
        reservation.Settle(.3m);
        reservation.Settle(.9m);
        reservation.Dispose();
        (cap.Reserved, cap.Spent).ShouldBe((0m, .3m));
        cap.Reserve(.8m).ShouldBeNull();
        cap.Reserve(.7m).ShouldNotBeNull();
    }

    [Fact]
    public void Dispose_Unsettled_GivesAllBack()
    {
        var cap = new SpendCap(1);
        cap.Reserve(1)!.Dispose();
        (cap.Reserved, cap.Spent).ShouldBe((0m, 0m));
    }

    [Fact]
    public void Reserve_NothingAfterTheLimitWasPassed_IsGranted()
    {
        var cap = new SpendCap(1);
        cap.Reserve(1)!.Settle(1.2m);
        cap.Reserve(.0001m).ShouldBeNull();
        cap.Reserve(0).ShouldNotBeNull();
    }

    [Fact]
    public void Reserve_FromManyThreads_NeverPassesTheLimit()
    {
        var cap = new SpendCap(10);
        var granted = 0;
        Parallel.For(0, 10_000, _ =>
        {
            using var reservation = cap.Reserve(.01m);
            if (reservation is null)
                return;
            Interlocked.Increment(ref granted);
            reservation.Settle(.01m);
        });
        (granted, cap.Spent, cap.Reserved).ShouldBe((1_000, 10m, 0m));
    }

    [Fact]
    public void Constructor_NegativeLimit_SaysWhatIsAllowed() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new SpendCap(-1)).Message.ShouldContain("0 or more");
}

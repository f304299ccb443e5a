using System.Globalization;
using Strata.Reducing;
using Strata.Reducing.Logs;

namespace Strata.Tests.Reducing;

public class BlobReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new BlobReducer();

    private protected override string Sample { get; } = "saved out/cart.png\n"
        + Reduced.Lines(
            60, i => (i * 7919).ToString("X5", CultureInfo.InvariantCulture) + "ghQzabcdEFGH0123ijklMNOP4567qrstUVWX89yzABCDefghIJKL0aZ")
        + "\nerror: cannot write out/thumb.png\n";

    private protected override string[] Planted => ["saved out/cart.png", "error: cannot write out/thumb.png"];

    [Fact]
    public void Reduce_Base64_SaysWhatItIs()
    {
        var data = string.Concat(Enumerable.Range(0, 400).Select(i => (i * 7919).ToString("X5", CultureInfo.InvariantCulture) + "ghQz"));

        Reduced.As("blob", $"saved out/cart.png\ndata:image/png;base64,iVBORw0KGgo{data}\n1280x720").ShouldBe(
            $"saved out/cart.png\ndata:image/png;base64,[base64 data, PNG image, {data.Length + 11:N0} chars]\n1280x720");
    }
}

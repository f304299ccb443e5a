using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.Meai;

public sealed class MeaiContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => SessionFormats.Find("meai")!;

    protected override IReadOnlyList<string> Fixtures => ["meai.json", "meai-messages.json"];
}

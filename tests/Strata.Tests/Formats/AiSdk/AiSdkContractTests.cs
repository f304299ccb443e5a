using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.AiSdk;

public sealed class AiSdkContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => SessionFormats.Find("ai-sdk")!;

    protected override IReadOnlyList<string> Fixtures => ["ai-sdk.json", "ai-sdk-list.json", "ai-sdk-4.json"];
}

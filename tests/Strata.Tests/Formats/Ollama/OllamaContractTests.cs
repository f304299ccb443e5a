using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Tests.Formats.Json;

namespace Strata.Tests.Formats.Ollama;

public sealed class OllamaContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => BodyTesting.Format("ollama");

    protected override IReadOnlyList<string> Fixtures => ["ollama-request.json"];

    protected override void Check(byte[] before, byte[] after) => VendorRules.Check("ollama", after);
}

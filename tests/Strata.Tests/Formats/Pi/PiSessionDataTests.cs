using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.Pi;

/// <summary>Real sessions, where STRATA_DATA names the folder that holds them.</summary>
public sealed class PiSessionDataTests : SessionDataContract
{
    protected override ISessionFormat Format => SessionFormats.Find("pi")!;

    protected override IReadOnlyList<string> Patterns => ["pi_sessions/sessions/*.jsonl"];
}

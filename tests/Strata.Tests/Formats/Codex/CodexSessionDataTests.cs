using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.Codex;

/// <summary>Real sessions, where STRATA_DATA names the folder that holds them.</summary>
public sealed class CodexSessionDataTests : SessionDataContract
{
    protected override ISessionFormat Format => SessionFormats.Find("codex")!;

    protected override IReadOnlyList<string> Patterns => ["agent_formats_*/codex.jsonl"];
}

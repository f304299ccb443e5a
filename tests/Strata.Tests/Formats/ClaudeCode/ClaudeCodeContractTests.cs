using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.ClaudeCode;

public sealed class ClaudeCodeContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => SessionFormats.Find("claude-code")!;

    protected override IReadOnlyList<string> Fixtures => ["claude-code.jsonl", "claude-code-compacted.jsonl", "claude-code-subagent.jsonl",
        "claude-code-attachments.jsonl"];

    protected override void Check(byte[] before, byte[] after) => ClaudeCodeFile.ShouldBeValid(after);
}

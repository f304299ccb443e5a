using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.ClaudeCode;

/// <summary>Real sessions, where STRATA_DATA names the folder that holds them.</summary>
public sealed class ClaudeCodeSessionDataTests : SessionDataContract
{
    protected override ISessionFormat Format => SessionFormats.Find("claude-code")!;

    protected override IReadOnlyList<string> Patterns =>
        ["claude_code_*/sessions/*.jsonl", "claude_code_*/raw_examples/*.jsonl", "claude_code_*/subagents/*.jsonl", "agent_formats_*/claude.jsonl"];

    protected override void Check(byte[] before, byte[] after, IReadOnlyList<OutgoingMessage> outgoing)
    {
        ClaudeCodeFile.ShouldBeValid(after, ClaudeCodeFile.MissingParents(before));
        var known = ClaudeCodeFile.Lines(before).ToHashSet(StringComparer.Ordinal);
        var changed = ClaudeCodeFile.Lines(after).Count(line => !known.Contains(line));
        Written += ClaudeCodeFile.Lines(after).Count;
        Changed += changed;
    }
}

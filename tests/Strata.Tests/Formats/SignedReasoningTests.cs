using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Formats.Json;
using Strata.Transcripts;

namespace Strata.Tests.Formats;

/// <summary>Every format that carries signed reasoning writes a message without it, and all else of the message as it was.</summary>
public sealed class SignedReasoningTests
{
    private const string Anthropic = """
        {"model":"claude-opus-5-5","max_tokens":9,"messages":[{"role":"user","content":"Sort."},
        {"role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"c2lnbmVk"},{"type":"text","text":"I look."},
        {"type":"tool_use","id":"toolu_1","name":"look","input":{"at":1}}]},
        {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"seen"}]},
        {"role":"assistant","content":[{"type":"redacted_thinking","data":"c2lnbmVk"}]},{"role":"user","content":"Next."}]}
        """;

    private static readonly string ClaudeCode = string.Join('\n',
    [
        """{"type":"user","uuid":"00000000-0000-4000-8000-000000000001","parentUuid":null,"sessionId":"s","message":"""
            + """{"role":"user","content":"Sort."}}""",
        """{"type":"assistant","uuid":"00000000-0000-4000-8000-000000000002","parentUuid":"00000000-0000-4000-8000-000000000001","sessionId":"s","message":{"id":"msg_1","role":"assistant","content":[{"type":"thinking","thinking":"Hm.","signature":"c2lnbmVk"}]}}""",
        """{"type":"assistant","uuid":"00000000-0000-4000-8000-000000000003","parentUuid":"00000000-0000-4000-8000-000000000002","sessionId":"s","message":{"id":"msg_1","role":"assistant","content":[{"type":"thinking","thinking":"So.","signature":"c2lnbmVk"},{"type":"text","text":"I look."},{"type":"tool_use","id":"toolu_1","name":"look","input":{"at":1}}]}}""",
        """{"type":"user","uuid":"00000000-0000-4000-8000-000000000004","parentUuid":"00000000-0000-4000-8000-000000000003","sessionId":"s","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"seen"}]}}""",
    ]);

    private const string Meai = """
        [{"role":"user","contents":[{"$type":"text","text":"Sort."}]},
        {"role":"assistant","contents":[{"$type":"reasoning","text":"Hm.","protectedData":"c2lnbmVk"},{"$type":"text","text":"I look."}]},
        {"role":"user","contents":[{"$type":"text","text":"Next."}]}]
        """;

    private static readonly string Pi = string.Join('\n',
    [
        """{"type":"session","version":3,"id":"s","timestamp":"2026-09-01T09:00:00.000Z","cwd":"/x"}""",
        """{"type":"message","id":"a1","parentId":null,"timestamp":"2026-09-01T09:00:00.000Z","message":{"role":"user","content":"""
            + """[{"type":"text","text":"Sort."}]}}""",
        """{"type":"message","id":"a2","parentId":"a1","timestamp":"2026-09-01T09:00:01.000Z","message":{"role":"assistant","content":"""
            + """[{"type":"thinking","thinking":"Hm.","thinkingSignature":"c2lnbmVk"},{"type":"text","text":"I look."}]}}""",
    ]);

    public static TheoryData<string, string> Sessions => new()
    {
        { "anthropic", Anthropic }, { "claude-code", ClaudeCode }, { "meai", Meai }, { "pi", Pi },
    };

    [Theory, MemberData(nameof(Sessions))]
    public void WriteAsync_WithoutSignedReasoning_KeepsEverythingElse(string format, string session)
    {
        var document = BodyTesting.Read(format, session);
        document.Messages.Count(SignedReasoning.IsIn).ShouldBeGreaterThan(0);
        List<OutgoingMessage> outgoing =
            [.. BodyTesting.All(document).Select(message => message with { Message = SignedReasoning.Without(message.Message)! })
            .Where(message => message.Message is not null)];

        var written = BodyTesting.Write(format, document, outgoing);

        written.ShouldNotContain("c2lnbmVk");
        BodyTesting.Read(format, written).Messages.Select(BodyTesting.Summary)
            .ShouldBe(outgoing.Select(message => BodyTesting.Summary(message.Message)));
        if (format == "anthropic")
            VendorRules.Check(format, BodyTesting.Bytes(written));
    }
}

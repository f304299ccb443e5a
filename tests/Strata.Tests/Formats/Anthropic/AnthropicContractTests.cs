using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Tests.Formats.Json;

namespace Strata.Tests.Formats.Anthropic;

public sealed class AnthropicContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => BodyTesting.Format("anthropic");

    protected override IReadOnlyList<string> Fixtures => ["anthropic-request.json", "anthropic-compact.json"];

    // The API wants the user first.
    protected override IReadOnlyList<ChatMessage> ReadBack(IReadOnlyList<ChatMessage> messages) =>
        messages[0].Role == ChatRole.Assistant ? [new ChatMessage(ChatRole.User, "[earlier messages removed]"), .. messages] : messages;

    protected override void Check(byte[] before, byte[] after) => VendorRules.Check("anthropic", after);
}

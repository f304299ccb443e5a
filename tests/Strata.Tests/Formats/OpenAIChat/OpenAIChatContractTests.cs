using Strata.Formats;
using Strata.Tests.Contracts;
using Strata.Tests.Formats.Json;

namespace Strata.Tests.Formats.OpenAIChat;

public sealed class OpenAIChatContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => BodyTesting.Format("openai-chat");

    protected override IReadOnlyList<string> Fixtures => ["chat-request.json", "chat-list.json"];

    protected override void Check(byte[] before, byte[] after) => VendorRules.Check("openai-chat", after);
}

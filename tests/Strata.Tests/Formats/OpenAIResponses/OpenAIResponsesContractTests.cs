using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Formats.Json;
using Strata.Tests.Contracts;
using Strata.Tests.Formats.Json;
using Strata.Transcripts;

namespace Strata.Tests.Formats.OpenAIResponses;

public sealed class OpenAIResponsesContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => BodyTesting.Format("openai-responses");

    protected override IReadOnlyList<string> Fixtures => ["responses-request.json", "responses-list.json"];

    // Parallel calls are items of their own, so a summary may stand between a call and its result: it moves behind the result.
    protected override IReadOnlyList<ChatMessage> ReadBack(IReadOnlyList<ChatMessage> messages) =>
        [.. ToolPairs.KeepTogether([.. messages.Select(static message =>
            new OutgoingMessage(message, message.Text is SummaryText ? -1 : 0))]).Select(static message => message.Message)];

    protected override void Check(byte[] before, byte[] after) => VendorRules.Check("openai-responses", after);
}

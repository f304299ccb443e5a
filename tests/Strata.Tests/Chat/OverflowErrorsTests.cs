using System.Net;
using Strata.Calls;
using Strata.Chat;
using Strata.Conversations;

namespace Strata.Tests.Chat;

public sealed class OverflowErrorsTests
{
    [Theory]
    [InlineData("HTTP 400 (invalid_request_error: context_length_exceeded)\nParameter: messages\n\nThis model's maximum context length is "
        + "8192 tokens. However, your messages resulted in 9,619 tokens. Please reduce the length of the messages.", 9_619L, 8_192L,
        8_192L)]
    [InlineData("This model's maximum context length is 4097 tokens, however you requested 4322 tokens (4066 in your prompt; 256 for the "
        + "completion). Please reduce your prompt; or completion length.", 4_066L, 4_097L, 3_841L)]
    [InlineData("This model's maximum context length is 4096 tokens. However, you requested 4222 tokens (1222 in the messages, 3000 in the "
        + "completion). Please reduce the length of the messages or completion.", 1_222L, 4_096L, 1_096L)]
    [InlineData("This endpoint's maximum context length is 131072 tokens. However, you requested about 150000 tokens (120000 of text "
        + "input, 30000 in the output). Please reduce the length of either one.", 120_000L, 131_072L, 101_072L)]
    [InlineData("This model's maximum context length is 262144 tokens. However, you requested 128000 output tokens and your prompt "
        + "contains at least 134145 input tokens, for a total of at least 262145 tokens.", 134_145L, 262_144L, 134_144L)]
    [InlineData("{\"type\":\"error\",\"error\":{\"type\":\"invalid_request_error\",\"message\":\"prompt is too long: 202095 tokens > "
        + "200000 maximum\"}}", 202_095L, 200_000L, 200_000L)]
    [InlineData("input length and `max_tokens` exceed context limit: 190402 + 16650 > 204648, decrease input length or `max_tokens` and "
        + "try again", 190_402L, 204_648L, 187_998L)]
    [InlineData(
        "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", 1_200_000L, 1_048_576L, 1_048_576L)]
    [InlineData("request (8200 tokens) exceeds the available context size (4096 tokens), try increasing it", 8_200L, 4_096L, 4_096L)]
    [InlineData("{\"error\":{\"code\":400,\"message\":\"the request exceeds the available context "
        + "size\",\"type\":\"exceed_context_size_error\",\"n_prompt_tokens\":8200,\"n_ctx\":4096}}", 8_200L, 4_096L, 4_096L)]
    [InlineData("This model's maximum prompt length is 131072 but the request contains 537812 tokens.", 537_812L, 131_072L, 131_072L)]
    [InlineData("prompt token count of 130000 exceeds the limit of 128000", 130_000L, 128_000L, 128_000L)]
    [InlineData("Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length", 40_000L, 32_768L,
        32_768L)]
    [InlineData("too many tokens: total number of tokens in the prompt cannot exceed 4081 - received 5000.", 5_000L, 4_081L, 4_081L)]
    [InlineData("ValidationException: 400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 8915",
        8_915L, 8_192L, 8_192L)]
    [InlineData("Your input exceeds the context window of this model. Please adjust your input and try again.", null, null, null)]
    [InlineData("Input is too long for requested model.", null, null, null)]
    [InlineData("the input length exceeds the context length", null, null, null)]
    [InlineData("prompt too long; exceeded max context length by 812 tokens", null, null, null)]
    [InlineData("InternalError.Algo.InvalidParameter: Range of input length should be [1, 30720]", null, null, null)]
    [InlineData("HTTP 413 (request_too_large)", null, null, null)]
    public void Of_WordsOfAProvider_TellsOverflowAndNumbers(string message, long? used, long? limit, long? maxInput)
    {
        var error =
            OverflowErrors.Of(new InvalidOperationException("The call failed.", new InvalidOperationException(message))).ShouldNotBeNull();
        (error.Used, error.Limit, error.MaxInput).ShouldBe((used, limit, maxInput));
    }

    [Theory]
    [InlineData("Too many tokens, please wait before trying again.")]
    [InlineData("Request too large for gpt-4o in organization org-1 on tokens per min (TPM): Limit 30000, Requested 40000.")]
    [InlineData("max_tokens is too large: 100000. This model supports at most 16384 completion tokens, whereas you provided 100000.")]
    [InlineData("Rate limit reached: the context length of your tier is used up")]
    [InlineData("No tool output found for function call call_1.")]
    [InlineData("messages.1.content: Field required")]
    public void Of_OtherFaults_IsNull(string message) => OverflowErrors.Of(new InvalidOperationException(message)).ShouldBeNull();

    [Fact]
    public void Of_Types_AreKnownWithoutWords()
    {
        OverflowErrors.Of(new HttpRequestException("no", null, HttpStatusCode.RequestEntityTooLarge)).ShouldNotBeNull();
        OverflowErrors.Of(new ModelCallException(CallFault.TooLong, "finds the input larger (status 400). It says: 9000 tokens > 8000"))
            .ShouldBe(new ContextOverflow(9_000, 8_000, 0));
        OverflowErrors.Of(new HttpRequestException("no", null, HttpStatusCode.BadRequest)).ShouldBeNull();
        OverflowErrors.Of(new OperationCanceledException("prompt is too long")).ShouldBeNull();
    }
}

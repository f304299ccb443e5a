namespace Strata.Tests.Ladder.Gate;

/// <summary>What is no summary by its form, and summaries that look a little like it.</summary>
public sealed class AnswerShapeTests
{
    [Theory]
    [InlineData("""{"error":{"message":"Rate limit reached for gpt-4o in organization """
        + """org-x","type":"tokens","code":"rate_limit_exceeded"}}""")]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}""")]
    [InlineData("""{"error":"model 'qwen2.5:7b' not found, try pulling it first"}""")]
    [InlineData("""{"detail":"Not authenticated"}""")]
    [InlineData("""{"message":"Internal server error","status_code":500,"error":true}""")]
    [InlineData("""[{"error":{"code":429,"message":"Resource has been exhausted","status":"RESOURCE_EXHAUSTED"}}]""")]
    [InlineData("""{"error": {"message": "The server had an err""")]
    [InlineData("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"Internal server error\"}}")]
    [InlineData("<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad "
        + "Gateway</h1><hr>nginx/1.25.3</body></html>")]
    [InlineData("<html>\n<body>Access denied | Cloudflare</body></html>")]
    [InlineData("<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>")]
    [InlineData("```html\n<html><body>503 Service Unavailable</body></html>\n```")]
    [InlineData("Error: connect ECONNREFUSED 127.0.0.1:11434")]
    [InlineData("Error: 429 Too Many Requests. Please try again in 20s.")]
    [InlineData("Error code: 400 - {'error': {'message': \"This model's maximum context length is 8192 tokens\"}}")]
    [InlineData("429 Too Many Requests")]
    [InlineData("HTTP 503: Service Unavailable")]
    [InlineData("502 Bad Gateway")]
    [InlineData("Rate limit exceeded. Please retry after 20 seconds.")]
    [InlineData("rate limit exceeded")]
    [InlineData("Internal Server Error")]
    [InlineData("Request timed out.")]
    [InlineData("You exceeded your current quota, please check your plan and billing details.")]
    [InlineData("This model's maximum context length is 8192 tokens. However, your messages resulted in 9120 tokens. Please reduce the "
        + "length of the messages.")]
    [InlineData("model 'llama3' not found, try pulling it first")]
    [InlineData("CUDA out of memory. Tried to allocate 2.00 GiB")]
    [InlineData("upstream connect error or disconnect/reset before headers. reset reason: connection failure")]
    [InlineData("An unexpected error occurred. Please try again later. Request ID: req_011CSHoEeqs5C35K2UUqR7Fy")]
    [InlineData("Something went wrong")]
    [InlineData("Fehler: Die Anfrage konnte nicht verarbeitet werden.")]
    [InlineData("Ein interner Fehler ist aufgetreten. Bitte versuchen Sie es später erneut.")]
    [InlineData("Une erreur est survenue. Veuillez réessayer.")]
    [InlineData("Se ha producido un error. Inténtalo de nuevo más tarde.")]
    [InlineData("错误：请求过于频繁，请稍后重试。")]
    [InlineData("エラーが発生しました。しばらくしてからもう一度お試しください。")]
    [InlineData("오류가 발생했습니다. 나중에 다시 시도해 주세요.")]
    [InlineData("Произошла ошибка. Повторите попытку позже.")]
    [InlineData("Traceback (most recent call last):\n  File \"/usr/lib/python3.11/site-packages/vllm/engine.py\", line 214, in step\n    "
        + "output = self.model(x)\nRuntimeError: CUDA error: device-side assert triggered")]
    [InlineData("System.NullReferenceException: Object reference not set to an instance of an object.\n   at App.Program.Main(String[] "
        + "args) in /src/Program.cs:line 12\n   at App.Start()")]
    [InlineData("thread 'main' panicked at 'index out of bounds', src/main.rs:4:5\nstack backtrace:\n   0: rust_begin_unwind\n   1: "
        + "core::panicking::panic_fmt")]
    public void Check_AnErrorInsteadOfASummary_IsRefused(string answer) => Gated.Check(answer).Text.ShouldBeNull();

    [Theory]
    [InlineData("I'm sorry, but I can't assist with that request.")]
    [InlineData("I cannot summarize this conversation.")]
    [InlineData("As an AI language model, I am not able to access previous conversations.")]
    [InlineData("Sorry, I can't help with that. Is there anything else you need?")]
    [InlineData("I apologize, but I don't see any conversation to summarize. Could you please provide the text?")]
    [InlineData("It looks like you didn't include the conversation. Please paste the messages you want summarized.")]
    [InlineData("There is no conversation to summarize.")]
    [InlineData("Please provide the conversation you would like me to summarize.")]
    [InlineData("Es tut mir leid, aber dabei kann ich nicht helfen.")]
    [InlineData("Als KI-Sprachmodell kann ich diese Unterhaltung nicht zusammenfassen.")]
    [InlineData("Lo siento, no puedo ayudar con eso.")]
    [InlineData("Je suis désolé, mais je ne peux pas répondre à cette demande.")]
    [InlineData("Извините, я не могу помочь с этим запросом.")]
    [InlineData("抱歉，我无法处理这个请求。")]
    [InlineData("作为一个AI语言模型，我不能提供总结。")]
    [InlineData("申し訳ありませんが、そのリクエストにはお応えできません。")]
    [InlineData("죄송하지만 해당 요청은 도와드릴 수 없습니다.")]
    public void Check_ARefusal_IsRefused(string answer) => Gated.Check(answer).Text.ShouldBeNull();

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t ")]
    [InlineData("null")]
    [InlineData("N/A")]
    [InlineData("...")]
    [InlineData("# Summary")]
    [InlineData("Here is a summary:")]
    [InlineData("[Insert summary here]")]
    [InlineData("<think>\nThe user wants a summary of the parser work.")]
    [InlineData("<think>The user wants a summary.</think>")]
    [InlineData("<thinking>Parser. Tests pass.</thinking>\n\n")]
    [InlineData("Let me think about this. I should summarize the conversation in a few sentences.")]
    [InlineData("Okay, the user wants me to summarize the conversation. I need to keep it under 200 tokens. Let me start by reading it.")]
    [InlineData("I will now summarize the conversation.")]
    [InlineData("我需要先总结一下这段对话。")]
    public void Check_NothingOrThinkingOnly_IsRefused(string answer) => Gated.Check(answer).Text.ShouldBeNull();

    [Theory]
    [InlineData("The build failed with error CS0246 in LeapRules.cs; a missing using was added and the tests pass.")]
    [InlineData("Error: CS0246 in LeapRules.cs was fixed by adding the century rule. The tests pass now.")]
    [InlineData("Error handling: the parser in src/Dates/DateParser.cs now reads leap days. The release note is still to be written.")]
    [InlineData("Connection refused by localhost:5432 stopped the build of src/Dates/DateParser.cs; it passes now.")]
    [InlineData("Rate limit exceeded at the gateway (500 requests per minute), so the tests were retried and pass.")]
    [InlineData("The user reported HTTP 429 from the gateway. The limit is 500 requests per minute. The parser was fixed.")]
    [InlineData("- 429 Too Many Requests at the gateway: limit is 500 per minute\n- src/Dates/DateParser.cs reads leap days\n- open: "
        + "release note")]
    [InlineData("The assistant said it was sorry and asked before it pushed to main. The date parser reads leap days.")]
    [InlineData("I fixed the date parser in src/Dates/DateParser.cs. I could not push to main without asking. The release note is open.")]
    [InlineData("Unable to push to main without asking the user; commit 4f3a2b1c holds the change to src/Dates/DateParser.cs.")]
    [InlineData("An unexpected error occurred in LeapRules.cs: the century rule was missing. It was added in 4f3a2b1c.")]
    [InlineData("Access denied pages are out of scope. The user wants leap days read by src/Dates/DateParser.cs.")]
    [InlineData("Request timed out at the gateway; raised the limit to 500 and the tests pass.")]
    [InlineData("Permission denied on push to main: the user has to be asked first. The parser in DateParser.cs is fixed.")]
    [InlineData("Next steps: write the release note. The parser reads leap days and the tests pass.")]
    [InlineData("Now the parser reads leap days. The tests pass.")]
    [InlineData("The parser strips <think> tags now, and the tests pass.")]
    [InlineData("404 pages of dates were read by the parser without an error.")]
    [InlineData("500 requests per minute is the limit at the gateway. The parser is fixed and the tests pass.")]
    [InlineData("Internal server error on the gateway was caused by the missing century rule.")]
    [InlineData("{\"summary\": \"the parser reads leap days\", \"errors\": [\"CS0246\"], \"open\": \"release note\"}")]
    [InlineData("Error CS0246 in LeapRules.cs was the cause.\n   at LeapRules.Read(String text) in LeapRules.cs:line 12\nThe century rule "
        + "was missing. It was added. The tests pass.")]
    [InlineData("Overloaded operators in LeapRules.cs were kept. The parser in DateParser.cs reads leap days.")]
    [InlineData("Forbidden by the user: pushing to main without asking.")]
    [InlineData("Model LeapRules does not know the century rule; added it to src/Dates/DateParser.cs.")]
    [InlineData("Sorry state of the date parser: leap days failed. Fixed in src/Dates/DateParser.cs, commit 4f3a2b1c.")]
    [InlineData("No conversation about dates is left open; src/Dates/DateParser.cs is fixed in 4f3a2b1c.")]
    [InlineData("The stack trace showed error CS0246 in LeapRules.cs:\n   at LeapRules.Read()\nThe user asked to fix it. The parser reads "
        + "leap days. The tests pass.")]
    [InlineData("Please note: never push to main without asking. The date parser is fixed.")]
    [InlineData("The summary page of the parser was changed; I should not push to main without asking the user first, says the rule. Tests "
        + "pass.")]
    [InlineData("<current_task>\nFix the date parser in src/Dates/DateParser.cs\n</current_task>\n<completed>\nLeap days are read, tests "
        + "pass.\n</completed>")]
    [InlineData("Fehler CS0246 in LeapRules.cs wurde behoben, die Tests laufen durch.")]
    public void Check_ASummaryThatSpeaksOfErrors_IsAccepted(string answer)
    {
        var verdict = Gated.Check(answer);
        verdict.Refusal.ShouldBeNull();
        verdict.Text.ShouldBe(answer);
    }
}

namespace Strata.Formats.Json;

/// <summary>Documents that hold conversations in shapes that no format here reads: what they look like, and the way out.</summary>
internal static class OtherShapes
{
    private const string ChatCompletions = "write the messages as OpenAI Chat Completions takes them";

    /// <summary>Null where the document is none of them. It is told from the shape alone.</summary>
    public static string? Describe(BodyEvidence evidence) => evidence switch
    {
        { IsList: true } when evidence.Has("*messages[", "*mapping{", "*input[", "*chat_messages[") =>
            "It looks like a list of several conversations. Give one of them at a time, e.g. the first: jq '.[0]' FILE > one.json.",
        _ when evidence.Has("*Items[", "*Role{") || (evidence.Has("*role{") && evidence.Has("*items[")) =>
            "It looks like a chat history of Semantic Kernel. "
            + $"Write it as a list of Microsoft.Extensions.AI ChatMessage, or {ChatCompletions}.",
        _ when evidence.Has("*kwargs{", "*lc ") || (evidence.Has("*type\"") && evidence.Has("*data{") && evidence.Has("=human", "=ai"))
            || (evidence.Has("=human", "=ai") && !evidence.Has("*role\"")) =>
            "It looks like messages of LangChain or a state of LangGraph. "
            + "convert_to_openai_messages(messages) of langchain_core makes them OpenAI messages, which are read.",
        _ when evidence.Has("*parts[") && evidence.Has("*role\"")
            && evidence.Has("=text", "=step-start", "=reasoning", "=file", "=dynamic-tool") =>
            "It looks like UIMessages of the Vercel AI SDK. convertToModelMessages(messages) makes them ModelMessages, which are read.",
        _ when evidence.Has("/contents[") || (evidence.Has("*parts[") && evidence.Has("*role\"")) =>
            $"It looks like contents of the Gemini API. Gemini CLI's session files are read; of a request body, {ChatCompletions}.",
        _ => null,
    };
}

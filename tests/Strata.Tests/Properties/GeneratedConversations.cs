using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>Generated conversations: everything that real sessions were seen to hold, in any order.</summary>
public static class GeneratedConversations
{
    public static Arbitrary<Step[]> Steps()
    {
        var step = Gen.Choose(0, (int)StepKind.Cjk).SelectMany(
            kind => Gen.Frequency((6, Gen.Choose(0, 40)), (2, Gen.Choose(40, 400)), (1, Gen.Choose(400, 2000))),
            (kind, size) => new Step((StepKind)kind, size));
        return Arb.From(Gen.Sized(size => Gen.Choose(0, Math.Max(1, size)).SelectMany(length => step.ArrayOf(length))), Shrink);
    }

    public static List<ChatMessage> Build(IEnumerable<Step> steps)
    {
        var messages = new List<ChatMessage>();
        var n = 0;
        foreach (var step in steps)
            Add(messages, step, n++);
        return messages;
    }

    private static IEnumerable<Step[]> Shrink(Step[] steps)
    {
        for (var i = 0; i < steps.Length; i++)
            yield return [.. steps[..i], .. steps[(i + 1)..]];
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Size > 0)
                yield return [.. steps[..i], steps[i] with { Size = steps[i].Size / 2 }, .. steps[(i + 1)..]];
        }
    }

    private static void Add(List<ChatMessage> messages, Step step, int n)
    {
        var text = Words(step.Size, n);
        string Id(int k) => string.Create(CultureInfo.InvariantCulture, $"call_{n}_{k}");
        void Assistant(params AIContent[] contents) => messages.Add(new ChatMessage(ChatRole.Assistant, [.. contents]));
        void Tool(params AIContent[] contents) => messages.Add(new ChatMessage(ChatRole.Tool, [.. contents]));
        FunctionCallContent Call(string id) =>
            new(id, "read_file", new Dictionary<string, object?> { ["path"] = $"src/file{n}.cs", ["limit"] = n });
        FunctionResultContent Result(string id, string? result = null) => new(id, result ?? text);

        switch (step.Kind)
        {
            case StepKind.User:
                messages.Add(new ChatMessage(ChatRole.User, $"Please do step {n}. {text}"));
                break;
            case StepKind.SameUser:
                messages.Add(new ChatMessage(ChatRole.User, "continue"));
                break;
            case StepKind.InjectedUser:
                messages.Add(new ChatMessage(ChatRole.User, $"<system-reminder>{text}</system-reminder>"));
                break;
            case StepKind.Assistant:
                Assistant(new TextContent($"I did step {n}. {text}"));
                break;
            case StepKind.EmptyAssistant:
                Assistant();
                break;
            case StepKind.ReasoningThenCall:
                Assistant(new TextReasoningContent(text) { ProtectedData = "c2lnbmVk" });
                Assistant(Call(Id(0)));
                Tool(Result(Id(0)));
                break;
            case StepKind.Call:
                Assistant(new TextContent("Let me look."), Call(Id(0)));
                Tool(Result(Id(0)));
                break;
            case StepKind.ParallelCalls:
                Assistant(Call(Id(0)), Call(Id(1)), Call(Id(2)));
                Tool(Result(Id(0)));
                Tool(Result(Id(1), "exit code 1\nerror: it failed"));
                Tool(Result(Id(2)));
                break;
            case StepKind.ParallelCallsOutOfOrder:
                Assistant(Call(Id(0)));
                Assistant(Call(Id(1)));
                Tool(Result(Id(1)));
                Tool(Result(Id(0)));
                break;
            case StepKind.CallSplitByUser:
                Assistant(Call(Id(0)), Call(Id(1)));
                Tool(Result(Id(0)));
                messages.Add(new ChatMessage(ChatRole.User, $"Wait, and also {text}"));
                Tool(Result(Id(1)));
                break;
            case StepKind.CallsAnsweredInOneMessage:
                Assistant(Call(Id(0)), Call(Id(1)));
                Tool(Result(Id(0)), Result(Id(1)), new TextContent("a reminder beside the results"));
                break;
            case StepKind.SplitMessage:
                messages.Add(new ChatMessage(ChatRole.Assistant, [new TextContent(text)]) { MessageId = $"msg_{n}" });
                messages.Add(new ChatMessage(ChatRole.Assistant, [Call(Id(0))]) { MessageId = $"msg_{n}" });
                Tool(Result(Id(0)));
                messages.Add(new ChatMessage(ChatRole.Assistant, [Call(Id(1))]) { MessageId = $"msg_{n}" });
                Tool(Result(Id(1)));
                break;
            case StepKind.UnansweredCall:
                Assistant(new TextContent(text), Call(Id(0)));
                break;
            case StepKind.OrphanResult:
                Tool(Result("nobody_" + Id(0)));
                break;
            case StepKind.ReusedCallId:
                Assistant(Call("call_0"));
                Tool(Result("call_0"));
                break;
            case StepKind.System:
                messages.Add(new ChatMessage(ChatRole.System, $"You are helpful. {Words(Math.Min(step.Size, 20), n)}"));
                break;
            case StepKind.EarlierSummary:
                var summary = $"{SummaryHeader.Prefix} 12 messages; recall 0123456789ab..0123456789ab\n<important>\n{text}\n</important>";
                KnownSummaries.Add(summary);
                messages.Add(new ChatMessage(ChatRole.User, summary));
                break;
            case StepKind.ReadOfOneFile:
                Assistant(new FunctionCallContent(Id(0), "read_file", new Dictionary<string, object?> { ["path"] = "src/one.cs" }));
                Tool(Result(Id(0)));
                break;
            case StepKind.ChangeOfOneFile:
                Assistant(new FunctionCallContent(Id(0), "edit",
                    new Dictionary<string, object?> { ["path"] = "src/one.cs", ["old_string"] = "a", ["new_string"] = text }));
                Tool(Result(Id(0), "done"));
                break;
            case StepKind.Image:
                messages.Add(new ChatMessage(
                    ChatRole.User, [new TextContent("See"), new DataContent(new byte[] { 1, 2, 3 }, "image/png")]));
                break;
            case StepKind.HugeResult:
                Assistant(Call(Id(0)));
                Tool(Result(Id(0), Words(step.Size * 10, n)));
                break;
            case StepKind.CallAndResultInOne:
                Assistant(Call(Id(0)), Result(Id(0)), new TextContent(text));
                break;
            case StepKind.ResultWithTheNextCall:
                Assistant(Call(Id(0)));
                Assistant(Result(Id(0)), Call(Id(1)));
                Tool(Result(Id(1)));
                break;
            case StepKind.OneMessageAnswersTwoSplitMessages:
                messages.Add(new ChatMessage(ChatRole.Assistant, [Call(Id(0))]) { MessageId = $"msg_{n}a" });
                messages.Add(new ChatMessage(ChatRole.Assistant, [new TextContent("And"), Call(Id(1))]) { MessageId = $"msg_{n}b" });
                Tool(Result(Id(0)), Result(Id(1)));
                messages.Add(new ChatMessage(ChatRole.Assistant, [new TextContent(text)]) { MessageId = $"msg_{n}b" });
                break;
            case StepKind.ReusedIdInSplitMessage:
                messages.Add(new ChatMessage(ChatRole.Assistant, [Call("again")]) { MessageId = "msg_again" });
                messages.Add(new ChatMessage(ChatRole.Assistant, [new TextContent("one more"), Call("again")]));
                messages.Add(new ChatMessage(ChatRole.Assistant, [Call("again")]) { MessageId = "msg_again" });
                Tool(Result("again"));
                break;
            case StepKind.HostedFile:
                messages.Add(new ChatMessage(ChatRole.User, [new TextContent("See the file"), new HostedFileContent($"file_{n}")]));
                break;
            case StepKind.Cjk:
                messages.Add(new ChatMessage(ChatRole.User, string.Concat(Enumerable.Repeat("请修复这个错误。", (step.Size / 4) + 1))));
                break;
        }
    }

    private static string Words(int count, int seed)
    {
        string[] vocabulary =
            ["alpha", "value", "returns", "null;", "the", "window", "is", "0x1f", "tokens\n", "été", "error", "path/to/file.cs", "{", "}"];
        return string.Join(' ', Enumerable.Range(0, count).Select(i => vocabulary[((i * 7) + (seed * 3) + (i / 5)) % vocabulary.Length]));
    }
}

using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Tests.Formats.Json;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>What vendors accept only together stays or goes together, judged on the JSON that is written.</summary>
public sealed class VendorPairProperties
{
    private static readonly string[] Vendors = ["anthropic", "openai-responses", "codex"];

    public static TheoryData<string> Formats => [.. Vendors];

    [Theory, MemberData(nameof(Formats))]
    public void CompactAsync_PairsOfEveryKind_KeepsBothHalvesOrNone(string format) =>
        Prop.ForAll(VendorConversations.Steps(), Gen.Choose(5, 90).ToArbitrary(), (steps, percent) =>
        {
            var session = VendorConversations.Write(format, steps);
            var document = BodyTesting.Read(format, session);
            var compactor = new Compactor(new CompactionOptions
            {
                Model = "gpt-4o",
                Strategy = percent % 2 == 0 ? "hybrid" : CompactionStrategies.Default
            });
            var target = Math.Max(60, compactor.GetTokenUsage(document.Messages).Current * percent / 100);
            var result = compactor.CompactAsync(new CompactionRequest { Messages = document.Messages, Force = true, Target = target })
                .AsTask().GetAwaiter().GetResult();
            if (result.Outcome != CompactionOutcome.Compacted)
                return;
            var (before, after) = (ItemsOf(format, session), ItemsOf(format, BodyTesting.Write(format, document, result.Outgoing)));
            CheckHalves(after);
            OpaqueIn(after).ShouldBe(OpaqueIn(before));
            HeadIsRead(before, after);
            foreach (var decision in result.Plan!.Decisions.Where(decision =>
                decision.Reason.Contains("newest user message", StringComparison.Ordinal)))
                RawOf(document.Messages, decision.Group).ShouldNotContain("mcp_approval_response");
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(Vendors.Length)).WithStartSize(1).WithEndSize(30));

    [Theory, MemberData(nameof(Formats))]
    public void Append_PieceByPiece_GivesTheGroupsOfTheWhole(string format) =>
        Prop.ForAll(VendorConversations.Steps(), Gen.Choose(1, 5).ToArbitrary(), (steps, piece) =>
        {
            var messages = BodyTesting.Read(format, VendorConversations.Write(format, steps)).Messages;
            var grown = messages.Chunk(piece).Aggregate(Transcript.Empty, (transcript, more) => transcript.Append(more));
            var whole = Transcript.Create(messages);
            grown.Groups.Select(Said).ShouldBe(whole.Groups.Select(Said));
            grown.CoveredMessages.ShouldBe(whole.CoveredMessages);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(Vendors.Length)).WithStartSize(1).WithEndSize(30));

    private static string Said(MessageGroup group) =>
        $"{group.Kind} {string.Join(' ', group.MessageIndexes)} open {string.Join(' ', group.OpenCalls.Order())}";

    private static List<string> OpaqueIn(List<JsonElement> items) =>
        [.. items.Select(item => item.GetRawText()).Where(item => item.Contains("opaque-", StringComparison.Ordinal))];

    /// <summary>Nothing that a compaction wrote stands before Anthropic's own summary, where it would not be read.</summary>
    private static void HeadIsRead(List<JsonElement> before, List<JsonElement> after)
    {
        var head = before.FindLastIndex(item => Text(item, "type") == "compaction" && Text(item, "content") is not null);
        after.Take(head).Select(item => item.GetRawText()).ShouldBe(before.Take(Math.Max(head, 0)).Select(item => item.GetRawText()));
    }

    private static string RawOf(IReadOnlyList<ChatMessage> messages, int group) =>
        string.Concat(Transcript.Create(messages).Groups[group].Messages.SelectMany(message => message.Contents)
            .Select(content => content.RawRepresentation?.ToString()));

    /// <summary>
    /// The items of the written session: content blocks of Anthropic, items of OpenAI; with what a new user's item begins.
    /// </summary>
    private static List<JsonElement> ItemsOf(string format, string written)
    {
        if (format == "codex")
            return [.. written.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
                .Where(line => line.GetProperty("type").GetString() == "response_item").Select(line => line.GetProperty("payload"))];
        var root = JsonElement.Parse(written);
        return format == "openai-responses"
            ? [.. root.GetProperty("input").EnumerateArray()]
            : [.. root.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content"))
                .SelectMany(content => content.ValueKind == JsonValueKind.Array ? content.EnumerateArray().ToArray() : [content])];
    }

    private static void CheckHalves(List<JsonElement> items)
    {
        var calls = new HashSet<string>(StringComparer.Ordinal);
        var open = new Dictionary<string, int>(StringComparer.Ordinal);
        var searches = 0;
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i];
            var type = Text(item, "type") ?? "";
            if (type is "tool_use" or "server_tool_use" or "mcp_tool_use" or "mcp_approval_request")
                Open(Text(item, "id")!, i);
            else if (type.EndsWith("_call", StringComparison.Ordinal) && Text(item, "call_id") is { } call)
                Open(call, i);
            else if (type == "tool_search_call")
                searches++;
            if ((Text(item, "tool_use_id") ?? Text(item, "approval_request_id")) is { } answered)
                Close(answered, type != "mcp_call");
            else if (type.EndsWith("_output", StringComparison.Ordinal) && Text(item, "call_id") is { } done
                && !done.StartsWith("stored_", StringComparison.Ordinal))
                Close(done, true);
            else if (type == "tool_search_output")
                searches--.ShouldBeGreaterThan(0, "a search output without its search");
            if (item.ValueKind == JsonValueKind.Object && item.TryGetProperty("caller", out var caller))
                calls.ShouldContain(Text(caller, "tool_id")!);
        }

        searches.ShouldBe(0);
        // What is open at the end may still be answered; nothing of the assistant's stands behind it but what was called beside it.
        foreach (var (id, at) in open)
            items.Skip(at + 1).ShouldNotContain(item => Text(item, "type") == "message" && Text(item, "role") == "assistant", id);

        void Open(string id, int at)
        {
            calls.Add(id).ShouldBeTrue(id);
            open.Add(id, at);
        }

        void Close(string id, bool closes)
        {
            calls.ShouldContain(id);
            if (closes)
                open.Remove(id).ShouldBeTrue(id);
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}

using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Secrets;
using Strata.Summaries;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>
/// A secret that the redactor knows where it stands is in clear nowhere beside the session itself: not in a summary, a receipt, a node, the
/// ledger or the name of a session, and not in what a summarizer is given.
/// </summary>
public sealed class SecretGateProperties
{
    private const int Longest = 8;

    private static readonly List<(string Text, string Secret)> Known =
    [
        .. from line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Corpora", "secrets.tuning.jsonl"))
           let row = JsonDocument.Parse(line).RootElement
           let secret = row.GetProperty("prefix").GetString() + row.GetProperty("body").GetString()
           let text = row.GetProperty("text").GetString()!.Replace("{secret}", secret, StringComparison.Ordinal)
           where !Tells(SecretRedactor.Redact(text), secret)
           select (text, secret),
    ];

    [Fact]
    public void Corpus_OfSecrets_IsKnownInPart() => Known.Count.ShouldBeGreaterThan(80);

    [Fact]
    public void CompactAsync_SecretsAnywhere_NoneBesideTheSession() => ForAll((placed, messages, target) =>
    {
        var archive = new InMemoryArchive();
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o" }, archive: archive);
        var result = Run(compactor.CompactAsync(new CompactionRequest
        {
            Messages = messages,
            Force = true,
            Target = target,
            SessionId = "one",
            SessionName = placed[0].Text,
        }));
        if (result.Outcome != CompactionOutcome.Compacted)
            return;
        List<string> beside =
        [
            .. result.Outgoing.Where(message => message.SourceIndex < 0).Select(message => MessageText.Of(message.Message)),
            JsonSerializer.Serialize(Run(archive.ListReceiptsAsync("one")).Select(receipt => receipt.Receipt)),
            JsonSerializer.Serialize(Run(archive.ReadLedgerAsync("one"))),
            Run(archive.FindSessionAsync("one"))!.Name!,
        ];
        foreach (var (text, secret) in placed)
            beside.ShouldAllBe(one => !Tells(one, secret), text);
    });

    [Fact]
    public void CompactAsync_SecretsAnywhere_NoSummarizerSeesOrTellsOne() => ForAll((placed, messages, target) =>
    {
        var summarizer = new TellingSummarizer(placed[0].Text);
        var archive = new InMemoryArchive();
        var compactor = new Compactor(new CompactionOptions { Model = "gpt-4o" }, summarizer, archive: archive);
        var result = Run(compactor.CompactAsync(
            new CompactionRequest { Messages = messages, Force = true, Target = target, SessionId = "one" }));
        var receipt = JsonSerializer.Serialize(result.Receipt);
        foreach (var (text, secret) in placed)
        {
            summarizer.Seen.ShouldAllBe(seen => !Tells(seen, secret), text);
            Tells(receipt, secret).ShouldBeFalse(text);
            result.Outgoing.Where(message => message.SourceIndex < 0)
                .ShouldAllBe(message => !Tells(MessageText.Of(message.Message), secret), text);
        }
    });

    [Fact]
    public void SummaryRequest_ConversationWithoutSecrets_IsTheSameInstance()
    {
        var messages = GeneratedConversations.Build([new Step(StepKind.User, 20), new Step(StepKind.ParallelCalls, 20)]);
        var transcript = Transcript.Create(messages);
        SecretGate.Pass(transcript).ShouldBeSameAs(transcript);
    }

    [Fact]
    public void SummaryRequest_ConversationWithSecrets_KeepsGroupsAndNames()
    {
        List<ChatMessage> messages =
            [new(ChatRole.User, "Log in with password=hunter2secret, then go on."), new(ChatRole.Assistant, "Done.")];
        var transcript = Transcript.Create(messages);
        var clean = SecretGate.Pass(transcript);
        MessageText.Of(clean.Messages[0]).ShouldNotContain("hunter2secret");
        clean.Groups.Select(group => group.Handle).ShouldBe(transcript.Groups.Select(group => group.Handle));
        clean.Fingerprint.ShouldBe(transcript.Fingerprint);
        clean.Messages[1].ShouldBeSameAs(messages[1]);
        MessageText.Of(messages[0]).ShouldContain("hunter2secret");
        SecretGate.Pass(clean).ShouldBeSameAs(clean);
    }

    private static void ForAll(Action<List<(string Text, string Secret)>, List<ChatMessage>, int> check) =>
        Prop.ForAll(
            GeneratedConversations.Steps(),
            Arb.From(Gen.Choose(0, Known.Count - 1).SelectMany(_ => Gen.Choose(0, 1_000_000)).ArrayOf(3)),
            (steps, places) =>
            {
                var messages = GeneratedConversations.Build(steps.Append(new Step(StepKind.User, 300)));
                var placed = places.Select(place => Known[place % Known.Count]).ToList();
                for (var i = 0; i < placed.Count; i++)
                    messages.InsertRange(places[i] % messages.Count, Messages(placed[i].Text, places[i] % 7, i));
                check(placed, messages, 100 + (places[0] % 1_500));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(PropertyRuns.Each(8)));

    private static IEnumerable<ChatMessage> Messages(string text, int way, int n)
    {
        var id = $"secret_{n}";
        Dictionary<string, object?> arguments = way switch
        {
            1 => new() { ["command"] = text },
            2 => new() { ["path"] = "src/settings.py", ["content"] = $"import os\n\n{text}\n\nrun()\n" },
            3 => new() { ["edits"] = JsonSerializer.SerializeToElement(new[] { new { old_string = "x", new_string = text } }) },
            _ => new() { ["path"] = ".env" },
        };
        object result = way switch
        {
            4 => $"line one of the file\n{text}\nlast line of the file",
            5 => JsonSerializer.SerializeToElement(new { lines = new[] { "first", text } }),
            6 => new List<AIContent> { new TextContent(text) },
            _ => "ok",
        };
        if (way == 0)
            return [new(ChatRole.User, $"From now on always connect like this:\n{text}\nand never print it.")];
        return
        [
            new(ChatRole.Assistant, [new TextContent($"I use this now:\n{text}"), new FunctionCallContent(id, "run", arguments)]),
            new(ChatRole.Tool, [new FunctionResultContent(id, result)]),
        ];
    }

    // What a vendor always writes may stay; eight characters of the rest may not.
    private static bool Tells(string text, string secret)
    {
        if (secret.Length <= Longest)
            return text.Contains(secret, StringComparison.Ordinal);
        for (var i = 0; i + Longest <= secret.Length; i++)
        {
            if (text.Contains(secret.AsSpan(i, Longest), StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static T Run<T>(ValueTask<T> task) => task.AsTask().GetAwaiter().GetResult();

    /// <summary>Notes all that it is given, and answers with what it should not.</summary>
    private sealed class TellingSummarizer(string answer) : ISummarizer
    {
        public List<string> Seen { get; } = [];

        public int Level => 1;

        public string Name => "telling";

        public ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default)
        {
            foreach (var content in request.Transcript.Messages.Concat(request.Beside).SelectMany(message => message.Contents))
                Seen.Add(TextOf(content));
            return ValueTask.FromResult(new Summary(answer, 10, Level, Name)
            {
                Nodes = [new SummaryNode("key", 1, answer, 10, Name, default, [])],
            });
        }

        private static string TextOf(AIContent content) => content switch
        {
            FunctionResultContent { Result: JsonElement json } => Json(json),
            FunctionCallContent { Arguments: { } arguments } => string.Join('\n', arguments.Values.Select(Argument)),
            _ => MessageText.Of(content) ?? "",
        };

        private static string Argument(object? value) => value is JsonElement json ? Json(json) : $"{value}";

        // Without the escapes of JSON.
        private static string Json(JsonElement element) => element.ValueKind switch
        {
            JsonValueKind.Object => string.Join('\n', element.EnumerateObject().Select(member => Json(member.Value))),
            JsonValueKind.Array => string.Join('\n', element.EnumerateArray().Select(Json)),
            _ => element.ToString(),
        };
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Archives;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata.Tests.Archives;

/// <summary>A conversation that goes on through many compactions, and what was ever said in it.</summary>
internal sealed partial class LongSession(Compactor compactor)
{
    private readonly List<int> _said = [];
    private int _turns;

    public List<ChatMessage> Everything { get; } = [];

    public List<ChatMessage> Current { get; private set; } = [];

    /// <summary>The conversation before each compaction.</summary>
    public List<IReadOnlyList<ChatMessage>> Before { get; } = [];

    public List<CompactionReceipt> Receipts { get; } = [];

    /// <summary>What was said after a compaction.</summary>
    public IReadOnlyList<ChatMessage> SaidSince(int compaction) => Everything[_said[compaction]..];

    public static LongSession Create(
        string strategy, IArchive archive, int window = 3_000, Strata.Summaries.ISummarizer? summarizer = null) =>
        new(new Compactor(
            new CompactionOptions { Window = window, Strategy = strategy, MinTokensToCompact = 0 }, summarizer, archive: archive));

    public void Say(IEnumerable<ChatMessage> messages)
    {
        foreach (var message in messages)
        {
            Everything.Add(message);
            Current.Add(message);
        }
    }

    /// <summary>
    /// Turns with rules, tool calls whose results are long and of several kinds, and a file that is read again and again.
    /// </summary>
    public void SayTurns(int count)
    {
        for (var i = 0; i < count; i++)
            Say(Turn(_turns++));
    }

    public async Task<CompactionResult> CompactAsync(int? target = null)
    {
        var before = Current.ToList();
        var result = await compactor.CompactAsync(
            new CompactionRequest { Messages = before, Force = true, Target = target }, TestContext.Current.CancellationToken);
        if (result.Outcome == CompactionOutcome.Compacted)
        {
            Before.Add(before);
            Receipts.Add(result.Receipt!);
            _said.Add(Everything.Count);
            Current = [.. result.Messages];
        }

        return result;
    }

    /// <summary>Every handle and range that stands in the conversation as it is.</summary>
    public IReadOnlyList<string> Handles()
    {
        var texts = Current.SelectMany(message => message.Contents).Select(content => MessageText.Of(content) ?? "").ToList();
        return [.. texts.SelectMany(text => Named().Matches(text)).Select(match => match.Groups["handle"].Value).Distinct()];
    }

    private static IEnumerable<ChatMessage> Turn(int n)
    {
        string Id(int k) => string.Create(CultureInfo.InvariantCulture, $"call_{n}_{k}");
        yield return new ChatMessage(ChatRole.User,
            n % 4 == 0 ? $"Never touch the file number {n}.cfg, and from now on always answer in {n + 3} words. {Words(30, n)}"
                : $"Please look at part {n}. {Words(40, n)}");
        yield return new ChatMessage(ChatRole.Assistant,
            [new TextReasoningContent($"thinking of {n}"), new TextContent($"I read it. {Words(20, n)}"),
                Call(Id(0), "read_file", "path", "src/one.cs"), Call(Id(1), "run", "command", $"dotnet test {n}")]);
        yield return new ChatMessage(ChatRole.Tool,
            [new FunctionResultContent(
                Id(0), string.Join('\n', Enumerable.Range(0, 60).Select(i => $"{i}: var value{n}_{i} = {Words(5, i)};")))]);
        yield return new ChatMessage(ChatRole.Tool,
            [new FunctionResultContent(
                Id(1), string.Join('\n', Enumerable.Range(0, 50).Select(i => $"2026-01-01T00:00:{i:00} INFO step {i} of {n}"))
                    + $"\nERROR build {n} failed in module{n}.cs:17\nexit code 1")]);
        yield return new ChatMessage(ChatRole.Assistant,
            [Call(Id(2), "write_file", "text",
                string.Join('\n', Enumerable.Range(0, 40).Select(i => $"line {i} of what is written in {n}")))]);
        yield return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(Id(2), "done")]);
        yield return new ChatMessage(
            ChatRole.User, [new TextContent($"And this picture {n}"), new DataContent(new byte[] { 1, 2, (byte)n }, "image/png")]);
        yield return new ChatMessage(ChatRole.Assistant, $"Part {n} is done: I decided to keep module{n}.cs. {Words(60, n)}");
    }

    private static FunctionCallContent Call(string id, string tool, string name, string value) =>
        new(id, tool, new Dictionary<string, object?> { [name] = value });

    private static string Words(int count, int seed)
    {
        string[] words =
            ["window", "tokens", "handle", "the", "a", "was", "moved", "into", "module", "because", "of", "tests", "that", "failed"];
        return string.Join(' ', Enumerable.Range(0, count).Select(i => words[((i * 5) + (seed * 3) + (i / 7)) % words.Length])) + ".";
    }

    [GeneratedRegex(@"(?:recall |earlier |, )(?<handle>[0-9a-z]{12}(?:\.\.[0-9a-z]{12})?)\b", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Named();
}

using System.Globalization;
using System.Text.Json;
using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.ClaudeCode;

/// <summary>Real sessions, where STRATA_DATA names the folder that holds them.</summary>
public sealed class ClaudeCodeSessionDataTests : SessionDataContract
{
    protected override ISessionFormat Format => SessionFormats.Find("claude-code")!;

    protected override IReadOnlyList<string> Patterns =>
        ["claude_code_*/sessions/*.jsonl", "claude_code_*/raw_examples/*.jsonl", "claude_code_*/subagents/*.jsonl",
            "agent_formats_*/claude.jsonl"];

    protected override void Check(byte[] before, byte[] after) =>
        ClaudeCodeFile.ShouldBeValid(after, ClaudeCodeFile.MissingParents(before));

    /// <summary>
    /// A plain reader takes every line of the main chain. What the live conversation leaves out of that lies before Claude Code's own last
    /// compaction, or is a local command (<c>/exit</c>, <c>/ide</c>) that a resumed session goes on beside.
    /// </summary>
    [Fact]
    public async Task EverySession_LiveConversation_LeavesOutOnlyAbandonedBranches()
    {
        var (total, live, before, abandoned) = (0, 0, 0, 0);
        foreach (var path in Files())
        {
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var document = await ReadAsync(bytes);
            var places = Enumerable.Range(0, document.Messages.Count).Select(i => document.PlaceOf(i)).ToHashSet(StringComparer.Ordinal);
            var lines = MainLines(bytes, out var boundary);
            total += lines.Count;
            foreach (var (line, content) in lines)
            {
                if (places.Contains(string.Create(CultureInfo.InvariantCulture, $"line {line}")))
                {
                    live++;
                    line.ShouldBeGreaterThan(boundary, path);
                }
                else if (line < boundary)
                {
                    before++;
                }
                else
                {
                    abandoned++;
                    (content.StartsWith("<command-name>", StringComparison.Ordinal)
                        || content.StartsWith("<local-command-stdout>", StringComparison.Ordinal))
                        .ShouldBeTrue($"{path}, line {line}");
                }
            }
        }

        (live + before + abandoned).ShouldBe(total);
        TestContext.Current.TestOutputHelper
            ?.WriteLine($"{total} lines of messages, {live} live, {before} before a compaction, {abandoned} abandoned");
    }

    [Fact]
    public async Task OtherAgentsLogs_AreNotTakenForOurs()
    {
        Files().ShouldNotBeEmpty();   // skips where there is no data
        var root = Environment.GetEnvironmentVariable("STRATA_DATA")!;
        foreach (var name in new[] { "gemini.jsonl", "copilot.jsonl", "langgraph.jsonl", "opencode.json" })
        {
            var bytes =
                await File.ReadAllBytesAsync(Path.Combine(root, "agent_formats_sregym", name), TestContext.Current.CancellationToken);
            SessionFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, SessionFormats.HeadLength)))?.Name
                .ShouldNotBeOneOf("claude-code", "codex", "pi");
        }
    }

    private static List<(int Line, string Content)> MainLines(byte[] file, out int boundary)
    {
        var lines = new List<(int, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        boundary = 0;
        var number = 0;
        var text = System.Text.Encoding.UTF8.GetString(file).Split('\n');
        var isSubagent = !Array.Exists(text, static line => line.Contains("\"isSidechain\":false", StringComparison.Ordinal));
        foreach (var line in text)
        {
            number++;
            using var json = ClaudeCodeFile.TryParse(line);
            if (json is null)
                continue;
            var root = json.RootElement;
            if (root.TryGetProperty("subtype", out var subtype) && subtype.ValueEquals("compact_boundary"))
                boundary = number;
            if (root.GetProperty("type").GetString() is not ("user" or "assistant")
                || (root.GetProperty("isSidechain").GetBoolean() && !isSubagent) || !seen.Add(root.GetProperty("uuid").GetString()!))
            {
                continue;
            }

            var content = root.GetProperty("message").GetProperty("content");
            lines.Add((number, content.ValueKind == JsonValueKind.String ? content.GetString()! : ""));
        }

        return lines;
    }
}

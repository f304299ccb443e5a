using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Planning.Hierarchy;
using Strata.Summaries.Extractive;
using Strata.Transcripts;

namespace Strata.Summaries.Ladder;

/// <summary>Writes one node: asks the models of its level in order, and where none gives an answer that passes the gate, level 0.</summary>
internal sealed class NodeWriter(LadderOptions options, ModelCaller caller)
{
    public LevelWriting WritingOf(int level) => Options(level) is { } of ? new LevelWriting(of.Models[0].Name, "1") : default;

    public SummaryNode WordsOf(string key, PlannedPart part, SummaryRequest request)
    {
        var text = string.Join('\n', part.Groups.SelectMany(group => request.Transcript.Groups[group].Messages).Select(message => $"{message.Role}: {MessageText.Of(message)}"));
        return new SummaryNode(key, 0, text, request.Counter.Count(text), "words", default, []);
    }

    public async Task<SummaryNode> WriteAsync(
        string key, PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request, CancellationToken stop, CancellationToken cancellationToken)
    {
        var level = Options(part.Level)!;
        var source = children.Count > 0 ? string.Join('\n', children.Select(child => child.Text)) : WordsOf(key, part, request).Text;
        var outcome = await caller.CallAsync(
            level.Models, model => new CallRequest { Messages = [new ChatMessage(ChatRole.User, source)], MaxOutputTokens = part.MaxTokens, Purpose = $"level-{part.Level}" },
            _ => null, stop).ConfigureAwait(false);
        return outcome.Answer is { } answer
            ? new SummaryNode(key, part.Level, answer.Text, request.Counter.Count(answer.Text), answer.Model, answer.Usage, outcome.Failures)
            : new SummaryNode(key, 0, "", 0, "extractive", default, outcome.Failures);
    }

    private LevelOptions? Options(int level) => options.Levels.FirstOrDefault(of => of.Level == level);
}

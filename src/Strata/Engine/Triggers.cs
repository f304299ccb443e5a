using System.Collections.Immutable;
using Microsoft.Extensions.AI;
using Strata.Planning;
using Strata.Transcripts;

namespace Strata;

/// <summary>Says whether something beside tokens makes a compaction due.</summary>
/// <param name="options">What was set.</param>
/// <param name="strategyTurns">Turns after which the strategy wants to be asked; null: it does not say.</param>
/// <param name="compacted">Results of earlier compactions.</param>
/// <param name="time">For ages.</param>
internal sealed class Triggers(TriggerOptions options, int? strategyTurns, CompactedPrefixes compacted, TimeProvider time)
{
    private readonly int? _turns = options.Turns ?? strategyTurns;

    public bool AreSet =>
        _turns is not null || options is not { Messages: null, ToolResults: null, Age: null, When: null };

    /// <summary>Why a compaction is due, in plain words; null when it is not.</summary>
    public string? Fired(Transcript transcript, TokenUsage usage)
    {
        if (!AreSet)
            return null;
        var state = StateOf(transcript, usage);
        var asked = new List<string?>();
        Ask(options.Messages, state.Messages, "messages");
        Ask(_turns, state.Turns, "turns");
        Ask(options.ToolResults, state.ToolResults, "tool results");
        if (options.Age is { } most)
            asked.Add(state.Age > most ? FormattableString.Invariant($"the oldest message is older than {most}") : null);
        if (options.When is { } when)
            asked.Add(when(state) ? "the condition of the program holds" : null);
        var fired = asked.OfType<string>().ToList();
        return fired.Count == 0 || (options.All && fired.Count < asked.Count) ? null : string.Join(", ", fired);

        void Ask(int? limit, int count, string what)
        {
            if (limit is { } least)
                asked.Add(count > least ? FormattableString.Invariant($"{count} {what} are more than {least}") : null);
        }
    }

    private TriggerState StateOf(Transcript transcript, TokenUsage usage)
    {
        var since = compacted.EndIn(transcript);
        var groups = transcript.Groups.Where(group => group.MessageIndexes[^1] >= since
            && group.Kind is not (GroupKind.System or GroupKind.Summary) && !group.IsInjected).ToList();
        var messages = groups.SelectMany(group => group.Messages.Where((_, i) => group.MessageIndexes[i] >= since)).ToList();
        var oldest = messages.Min(message => message.CreatedAt);
        return new TriggerState(
            messages.Count, groups.Count(group => group.Kind == GroupKind.User),
            messages.Sum(message => message.Contents.Count(content => content is FunctionResultContent)),
            oldest is { } at ? time.GetUtcNow() - at : null, usage, transcript);
    }
}

/// <summary>Remembers what the last compactions ended in, so that a conversation that goes on from one is known.</summary>
internal sealed class CompactedPrefixes
{
    private const int Capacity = 256;

    private ImmutableQueue<(Fingerprint Result, int Messages)> _recent = [];
    private int _count;

    public void Add(Fingerprint result, int messages)
    {
        ImmutableInterlocked.Update(ref _recent, static (recent, added) => recent.Enqueue(added), (result, messages));
        if (Interlocked.Increment(ref _count) > Capacity)
            ImmutableInterlocked.TryDequeue(ref _recent, out _);
    }

    /// <summary>
    /// The first message that came after the last compaction. Where another process made it, that is the one behind the newest summary.
    /// </summary>
    public int EndIn(Transcript transcript)
    {
        var summary = transcript.Groups.LastOrDefault(group => group.Kind == GroupKind.Summary);
        if (summary is null)
            return 0;
        var end = summary.MessageIndexes[^1] + 1;
        foreach (var (result, messages) in _recent)
        {
            if (messages > end && messages <= transcript.Messages.Count && transcript.PrefixFingerprint(messages) == result)
                end = messages;
        }

        return end;
    }
}

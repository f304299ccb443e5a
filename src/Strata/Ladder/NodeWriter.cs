using System.Collections.Concurrent;
using Strata.Calls;
using Strata.Ladder.Gate;
using Strata.Ladder.Prompts;
using Strata.Planning.Hierarchy;
using Strata.Secrets;
using Strata.Summaries;
using Strata.Tokens;

namespace Strata.Ladder;

/// <summary>Writes one node: asks the models of its level in order, and where none gives an answer that passes the gate, level 0.</summary>
internal sealed class NodeWriter
{
    // What a tool printed is told by a tenth of it; more of one result crowds out the rest of its turn.
    private const int ResultTokens = 600;

    // Fewer tokens of what somebody said are two shreds.
    private const int LeastItem = 40;

    private readonly Dictionary<int, LevelOptions> _levels;
    private readonly Dictionary<int, SummaryTemplate> _templates;
    private readonly ModelCaller _caller;
    private readonly ConcurrentDictionary<string, bool> _thinkers = new(StringComparer.Ordinal);

    public NodeWriter(LadderOptions options, ModelCaller caller)
    {
        _caller = caller;
        _levels = options.Levels.ToDictionary(level => level.Level);
        _templates = options.Levels.ToDictionary(level => level.Level, level => level.Template ?? SummaryTemplates.ForLevel(level.Level));
        foreach (var level in options.Levels)
        {
            foreach (var model in level.Models)
                AnswerRoom.Check(model, level, _templates[level.Level]);
        }
    }

    public LevelWriting WritingOf(int level) =>
        _levels.TryGetValue(level, out var options)
            ? new LevelWriting(options.Models[0].Name, _templates[level].Version + SummaryPrompt.Version) : default;

    /// <summary>The words themselves, each with who said them.</summary>
    public static SummaryNode WordsOf(string key, PlannedPart part, SummaryRequest request)
    {
        var text =
            SourceWords.Of(SourceReader.Read(part.Groups.Select(group => request.Transcript.Groups[group]), ResultTokens, request.Counter));
        return new SummaryNode(key, 0, text, request.Counter.Count(text), "words", default, []);
    }

    public async Task<SummaryNode> WriteAsync(
        string key, PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request, string language,
        CancellationToken cancellationToken)
    {
        var level = _levels[part.Level];
        var tally = new Tally();
        try
        {
            var question = new Question(part, level, _templates[part.Level], language, MustKeepOf(part, children, request), request);
            var source = await FittedAsync(SourceOf(part, children, request), question, tally, cancellationToken).ConfigureAwait(false);
            if (source.Count > 0
                && await AskAsync(source, question, tally, cancellationToken).ConfigureAwait(false) is ({ } verdict, { } model))
                return new SummaryNode(
                    key, part.Level, verdict.Text!, request.Counter.Count(verdict.Text!), model, tally.Usage, tally.Failures)
                {
                    Quality = verdict.Quality,
                    LacksPieces = tally.LacksPieces,
                };
        }
        catch (Exception e) when (e is not (OperationCanceledException or OutOfMemoryException))
        {
            // One node that cannot be asked for is no reason to lose the others.
            tally.Failures.Add(new CallFailure(
                level.Models[0].Name, CallFault.Other, "not called: " + ReasonText.Clean(e.Message), default));
        }

        return LevelZeroOf(key, part, children, request, tally, cancellationToken);
    }

    /// <summary>What level 0 writes of a node when nobody waits for models any more.</summary>
    public SummaryNode WriteWithoutModels(
        string key, PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request, CancellationToken cancellationToken)
    {
        var tally = new Tally();
        tally.Failures.Add(new CallFailure(
            _levels[part.Level].Models[0].Name, CallFault.Cancelled, "the wait for models was over", default));
        return LevelZeroOf(key, part, children, request, tally, cancellationToken);
    }

    private static SummaryNode LevelZeroOf(
        string key, PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request, Tally tally,
        CancellationToken cancellationToken)
    {
        var text = LevelZeroText.Of(part, children, request, cancellationToken);
        return new SummaryNode(key, 0, text, request.Counter.Count(text), LevelZeroText.NameOver(children), tally.Usage, tally.Failures);
    }

    private static List<SourceItem> SourceOf(PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request)
    {
        var written = new Queue<SummaryNode>(children);
        var items = new List<SourceItem>();
        foreach (var child in part.Children)
        {
            if (TreeWriter.IsWritten(child))
                items.Add(SourceReader.OfSummary(written.Dequeue().Text));
            else
                items.AddRange(Read(child.Groups));
        }

        items.AddRange(Read(part.Groups));
        return items;

        IEnumerable<SourceItem> Read(IReadOnlyList<int> groups) =>
            SourceReader.Read(groups.Select(group => request.Transcript.Groups[group]), ResultTokens, request.Counter);
    }

    // What no window holds is summarized in pieces first, and the pieces together.
    private async Task<IReadOnlyList<SourceItem>> FittedAsync(
        IReadOnlyList<SourceItem> source, Question question, Tally tally, CancellationToken cancellationToken)
    {
        var room = AnswerRoom.RoomOf(question.Level.Models[0], question.Part.MaxTokens);
        var before = int.MaxValue;
        while (SourceChunks.Split(source, room, question.Request.Counter) is { Count: > 1 } chunks)
        {
            var pieces = new Tally[chunks.Count];
            var texts = await Task.WhenAll(chunks.Select((chunk, i) => AskAsync(
                chunk, question with { MustKeep = MustKeep.Nothing }, pieces[i] = new Tally(), cancellationToken))).ConfigureAwait(false);
            foreach (var piece in pieces)
                tally.Add(piece);
            tally.LacksPieces |=
                texts.Zip(pieces).Any(pair => pair.First.Verdict is null && !pair.Second.Failures.TrueForAll(TreeWriter.IsFinal));
            if (texts.All(text => text.Verdict is null))
                return [];
            // A piece that nobody wrote is not left out: it goes on cut.
            List<SourceItem> shorter = [.. texts.Zip(chunks).SelectMany(pair => pair.First.Verdict is { } verdict
                ? [SourceReader.OfSummary(verdict.Text!)]
                : Cut(pair.Second, question.Part.MaxTokens, question.Request.Counter))];
            if (chunks.Count >= before)
                return shorter;
            (source, before) = (shorter, chunks.Count);
        }

        return source;
    }

    // How it began and how it ended.
    private static IEnumerable<SourceItem> Cut(IReadOnlyList<SourceItem> piece, int maxTokens, ITokenCounter counter)
    {
        var most = Math.Max(LeastItem, maxTokens / piece.Count);
        var atEachEnd = Math.Max(1, maxTokens / most / 2);
        return piece.Where((_, i) => i < atEachEnd || i >= piece.Count - atEachEnd)
            .Select(item => item with { Text = MiddleCut.Of(item.Text, most, counter) });
    }

    private async Task<(GateVerdict? Verdict, string? Model)> AskAsync(
        IReadOnlyList<SourceItem> source, Question question, Tally tally, CancellationToken cancellationToken)
    {
        GateVerdict? verdict = null;
        var texts = source.Select(item => item.Text).ToList();
        var outcome = await _caller.CallAsync(question.Level.Models, Ask, Refuse, cancellationToken).ConfigureAwait(false);
        tally.Add(outcome);
        if (outcome.Answer is null && outcome.Failures.Where(failure => failure.Fault == CallFault.NoAnswer)
            .Count(failure => _thinkers.TryAdd(failure.Model, true)) > 0)
        {
            outcome = await _caller.CallAsync(question.Level.Models, Ask, Refuse, cancellationToken).ConfigureAwait(false);
            tally.Add(outcome);
        }

        return outcome.Answer is { } answer ? (verdict, answer.Model) : (null, null);

        CallRequest Ask(CallableModel model) => new()
        {
            Messages = SummaryPrompt.Create(question.Template, question.Values, source,
                AnswerRoom.RoomOf(model, question.Part.MaxTokens) + AnswerRoom.PromptTokens, question.Request.Counter),
            // Its own limit; one that answered nothing within it has thought, and is given room for that from then on.
            MaxOutputTokens = _thinkers.ContainsKey(model.Name) ? AnswerRoom.OutputOf(model, question.Part.MaxTokens)
                : Math.Min(model.OutputLimit ?? int.MaxValue, question.Part.MaxTokens),
            Temperature = question.Level.Temperature,
            Timeout = question.Level.Timeout,
            Purpose = FormattableString.Invariant($"level-{question.Part.Level}"),
        };

        string? Refuse(CallAnswer answer)
        {
            var request = new GateRequest
            {
                SourceTexts = texts,
                MustKeep = question.MustKeep,
                Language = question.Values.Language,
                MaxTokens = question.Part.MaxTokens,
                InputTokens = question.Part.CoveredTokens,
                Counter = question.Request.Counter,
                RequiredSections = question.Template.RequiredSections,
                Instruction = question.Template.Text,
                Level = question.Part.Level,
            };
            verdict = QualityGate.Check(request, UntrustedText.Neutralize(SecretRedactor.Redact(answer.Text), source), answer.WasCut);
            return verdict.Refusal;
        }
    }

    private static MustKeep MustKeepOf(PlannedPart part, IReadOnlyList<SummaryNode> children, SummaryRequest request)
    {
        List<int> raw = [.. part.Groups.Concat(part.Children.Where(child => child.Level == 0).SelectMany(child => child.Groups))];
        List<string> texts = [.. children.Select(child => child.Text)];
        return new MustKeep([.. (texts.Count > 0 ? MustKeep.Of(texts) : MustKeep.Nothing).Items,
            .. (raw.Count > 0 ? MustKeep.Of(request.Transcript, raw) : MustKeep.Nothing).Items]);
    }

    private sealed record Question(
        PlannedPart Part, LevelOptions Level, SummaryTemplate Template, string Language, MustKeep MustKeep, SummaryRequest Request)
    {
        public PromptValues Values { get; } = new() { Language = Language, MaxTokens = Part.MaxTokens, What = WhatOf(Part) };

        private static string WhatOf(PlannedPart part) => part switch
        {
            { Children.Count: 0 } => "a part of a conversation",
            _ when part.Children.All(child => child.Level > 0) =>
                FormattableString.Invariant($"{part.Children.Count} summaries of a conversation"),
            _ => "a conversation",
        };
    }
}

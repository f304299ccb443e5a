using Strata.Tokens;

namespace Strata.Ladder.Gate;

/// <summary>Writes below a text what must be kept and is not in it, and shortens the text where there is no room.</summary>
/// <remarks>What it makes of a text that it made is the same text: what stands below is always found anew from the text above it.</remarks>
internal sealed class Completion(GateRequest request)
{
    // The text keeps a third, whatever has to stand below it.
    private const double LeastText = 1 / 3.0;

    // What is larger stands beside every summary of the ladder, and would leave none of this one.
    private const double LargestRules = .5;

    // What is not the user's own word may cost the text no more than this, and may fill what is free up to those.
    private const double Claim = .15;
    private const double FailureShare = .25;
    private const double NameShare = .4;

    // From then on the text gives way in larger steps.
    private const int SmallSteps = 4;
    private const double LargeStep = .9;

    private readonly ITokenCounter _counter = request.Counter;
    private readonly int _limit = Math.Min(request.MaxTokens, request.InputTokens);
    private readonly List<KeptItem> _rules = [.. request.MustKeep.Items.Where(item => item.Kind == KeptKind.Rule)];

    /// <summary>Why not everything could be kept; null when it could.</summary>
    public string? Note { get; private set; }

    /// <summary>The shortened text and what stands below it; null when the user's rules do not fit beside any of it.</summary>
    public (string Body, IReadOnlyList<KeptItem> Below)? Complete(string body)
    {
        var rulesFit = TokensOf(_rules) <= _limit * LargestRules;
        for (var step = 0; ; step++)
        {
            var match = new KeptMatch(body);
            var missing = request.MustKeep.Items.Where(item => !match.Holds(item)).ToList();
            var needed = Needed(missing, rulesFit);
            var rest = missing.Where(item => item.Kind > KeptKind.Task).ToList();
            var used = _counter.Count(KeptBlock.Join(body, needed, request.Language));
            var own = _counter.Count(body);
            var claim = ClaimOf(rest, used - own);
            if (needed.Count == 0 && claim == 0 && (rest.Count == 0 || used >= _limit))
                return (body, []);
            if (used + claim <= _limit)
                return (body, [.. needed, .. Fitting(body, needed, rest)]);
            var room = _limit - claim - (used - own);
            if (step >= SmallSteps)
                room = Math.Min(room, (int)(own * LargeStep));
            if (Shortened(body, room) is { } shorter)
                body = shorter;
            else if (used <= _limit)
                return (body, [.. needed, .. Fitting(body, needed, rest)]);
            else if (Shortened(body, _limit - (used - own)) is { } enough)
                body = enough;
            else
                return WithoutTasks(body, missing, rulesFit);
        }
    }

    // The text cannot be cut any further: its one sentence stays, with the rules.
    private (string Body, IReadOnlyList<KeptItem> Below)? WithoutTasks(string body, List<KeptItem> missing, bool rulesFit)
    {
        var rules = rulesFit ? missing.Where(item => item.Kind == KeptKind.Rule).ToList() : [];
        Note = "open tasks found no room";
        return _counter.Count(KeptBlock.Join(body, rules, request.Language)) <= _limit ? (body, rules) : null;
    }

    private string? Shortened(string body, int maxTokens) =>
        maxTokens > 0
            ? TextTrimmer.Trim(body, maxTokens, _counter, request.RequiredSections.Count > 0) is { } shorter && shorter.Length < body.Length
                ? shorter : null : null;

    // Rules, then as many open tasks as leave the text its third.
    private List<KeptItem> Needed(List<KeptItem> missing, bool rulesFit)
    {
        var needed = rulesFit ? missing.Where(item => item.Kind == KeptKind.Rule).ToList() : [];
        Note = rulesFit ? null : "the rules are larger than half of the summary and stand beside it only";
        var left = (int)(_limit * (1 - LeastText)) - TokensOf(needed) - TokensOf([new KeptItem(KeptKind.Task, "")]);
        foreach (var task in missing.Where(item => item.Kind == KeptKind.Task))
        {
            left -= _counter.Count(task.Text) + EntryTokens;
            if (left < 0)
            {
                Note ??= "not all open tasks found room";
                break;
            }

            needed.Add(task);
        }

        return needed;
    }

    private const int EntryTokens = 2;

    private int ClaimOf(List<KeptItem> rest, int below)
    {
        if (rest.Count == 0)
            return 0;
        var free = _limit - below - (int)Math.Ceiling(_limit * LeastText);
        return Math.Clamp(Math.Min((int)(_limit * Claim), TokensOf(rest)), 0, Math.Max(0, free));
    }

    // The first of each kind that fit, the most needed kind first.
    private List<KeptItem> Fitting(string body, List<KeptItem> needed, List<KeptItem> rest)
    {
        var chosen = new List<KeptItem>();
        var left = _limit - _counter.Count(KeptBlock.Join(body, needed, request.Language));
        foreach (var kind in rest.GroupBy(item => item.Kind))
        {
            var share = Math.Min(
                left, (int)(_limit * (kind.Key == KeptKind.Name ? NameShare : FailureShare)) - TokensOf([new KeptItem(kind.Key, "")]));
            foreach (var item in kind)
            {
                var cost = _counter.Count(item.Text) + EntryTokens;
                if (cost > share)
                    continue;
                share -= cost;
                chosen.Add(item);
            }

            left = _limit - _counter.Count(KeptBlock.Join(body, [.. needed, .. chosen], request.Language));
        }

        while (chosen.Count > 0 && _counter.Count(KeptBlock.Join(body, [.. needed, .. chosen], request.Language)) > _limit)
            chosen.RemoveAt(chosen.Count - 1);
        return chosen;
    }

    private int TokensOf(List<KeptItem> items) =>
        items.Count == 0 ? 0 : _counter.Count(string.Join('\n', KeptBlock.Lines(items, request.Language)));
}

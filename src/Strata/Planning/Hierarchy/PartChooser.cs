using Strata.Transcripts;

namespace Strata.Planning.Hierarchy;

/// <summary>
/// Chooses at which level of detail each turn is told that leaves: as fine as there is room for, the newest finest. Tens of parts become
/// one part of the next level, the oldest and least important first; only when that does not do, one part tells everything.
/// </summary>
internal sealed class PartChooser
{
    // "Level 1 [recall kr18rabqejy7..8vg36an4ghbv]:" has 24 in o200k_base.
    private const int Heading = 28;

    // Two blanks before each line, and what a tokenizer counts more where texts are joined.
    private const int Framing = 12;

    private const int SmallestPart = 48;

    private const double WholeShare = .3;

    private readonly HierarchyOptions _options;
    private readonly Transcript _transcript;
    private readonly List<PlannedPart> _parts;
    private readonly int _allowed;
    private readonly int _sure;
    private long _total;

    private PartChooser(List<PlannedPart> parts, Transcript transcript, HierarchyOptions options, int allowed, int sure)
    {
        (_parts, _transcript, _options, _allowed, _sure) = (parts, transcript, options, allowed, sure);
        _total = parts.Sum(part => (long)Cost(part));
    }

    /// <param name="leaves">The finest parts, oldest first.</param>
    /// <param name="transcript">What they tell of.</param>
    /// <param name="options">The levels there are.</param>
    /// <param name="allowed">Tokens for all parts together, with the lines above them.</param>
    /// <param name="sure">Of these, tokens that a growing conversation has each time; null: all. What becomes one part depends on them
    /// alone: a node is not another one for what happens to be free.</param>
    public static IReadOnlyList<PlannedPart> Choose(
        List<PlannedPart> leaves, Transcript transcript, HierarchyOptions options, int allowed, int? sure = null)
    {
        var chooser = new PartChooser(leaves, transcript, options, allowed, sure ?? allowed);
        if (chooser.IsTooLarge)
            chooser.Merge();
        chooser.LeaveOldest();
        return chooser._parts;
    }

    /// <summary>Tokens that a part takes at most.</summary>
    public static int Cost(PlannedPart part) => CostOf(part.MaxTokens);

    private bool IsTooLarge => _total > _allowed;

    // Where a ten begins depends on nothing after it: a conversation that grows keeps the tens it had.
    private void MergeTens(LevelSize size)
    {
        var start = _parts.FindLastIndex(part => part.Level >= size.Level) + 1;
        var tens = new List<(int Start, double Worth)>();
        for (var ten = start; ten + _options.FanOut <= _parts.Count; ten += _options.FanOut)
            tens.Add((ten, WorthOf(ten, _parts.Count)));
        var merged = new Dictionary<int, PlannedPart>();
        foreach (var (ten, _) in tens.OrderBy(ten => ten.Worth))
        {
            if (!IsTooLarge)
                break;
            var children = _parts.GetRange(ten, _options.FanOut);
            var before = children.Sum(part => (long)Cost(part));
            var whole = PartOf(children, size.Level, (int)Math.Min(size.MaxTokens, before / 2));
            if (Cost(whole) >= before)
                continue;
            merged[ten] = whole;
            _total += Cost(whole) - before;
        }

        for (var ten = _parts.Count - 1; ten >= start; ten--)
        {
            if (!merged.TryGetValue(ten, out var whole))
                continue;
            _parts.RemoveRange(ten, _options.FanOut);
            _parts.Insert(ten, whole);
        }
    }

    // What a ten is worth in detail: more the newer it is, and the more decisions and instructions it holds.
    private double WorthOf(int ten, int count)
    {
        var groups = _parts.Skip(ten).Take(_options.FanOut).SelectMany(part => part.Groups).ToList();
        var important = groups.Count(group => _transcript.Groups[group].Importance >= Importance.Decision);
        var age = (count - ten) / (double)_options.FanOut;
        return (1 + (important / (double)Math.Max(1, groups.Count))) / age;
    }

    private void Merge()
    {
        var above = _options.Levels.Where(size => size.Level > 1).ToList();
        if (above is [])
            return;
        var leaf = CostOf(_options.Levels[0].Level == 1 ? _options.Levels[0].MaxTokens : _options.PassThroughTokens);
        var unfinished = (_options.FanOut - 1) * leaf;
        var isRoomy = above is [var two, var three] && _sure >= CostOf(WholeTokens(three)) + unfinished + CostOf(two.MaxTokens);
        // No room for ten turns in detail: what is told of them goes into one text. A conversation that grows would pay for that text time
        // and again, so the cheaper level that can writes it; one that is compacted once has the highest level for what is still too large.
        var whole = isRoomy || !_options.Grows ? above[^1] : above[0];
        if ((isRoomy || !_options.Grows) && above[0].Level == 2)
            MergeTens(above[0]);
        if (!_options.Grows)
            MergeAtOnce(whole);
        else if (isRoomy)
            MergeStepByStep(whole, (_sure - CostOf(WholeTokens(whole)) - unfinished) / CostOf(above[0].MaxTokens));
        else
            MergeStepByStep(whole, (_sure - CostOf(WholeTokens(whole))) / leaf);
        MergeAll(whole);
    }

    // A fixed number of the oldest at a time, with what was made of those before: then a growing conversation pays for these, never for all
    // again.
    private void MergeStepByStep(LevelSize size, int atATime)
    {
        var step = Math.Clamp(atATime, 1, _options.FanOut);
        while (IsTooLarge)
        {
            var below = _parts.FindIndex(part => part.Level < size.Level);
            if (below < 0 || _parts.Count - below < step || !Replace(below + step, size.Level, WholeTokens(size)))
                break;
        }
    }

    // The fewest of the oldest that make the rest fit: one call after those of the tens, however long the conversation is.
    private void MergeAtOnce(LevelSize size)
    {
        var (most, freed) = (WholeTokens(size), 0L);
        for (var count = 1; count <= _parts.Count && IsTooLarge; count++)
        {
            freed += Cost(_parts[count - 1]);
            if (count > 1 && _total - freed + CostOf(most) <= _allowed)
                Replace(count, size.Level, most);
        }
    }

    // Halves, so that a node is not another one for every few tokens that the target changes.
    private void MergeAll(LevelSize size)
    {
        for (var most = size.MaxTokens; IsTooLarge && _parts.Count > 0 && most >= SmallestPart; most /= 2)
        {
            if (CostOf(most) <= _allowed && Replace(_parts.Count, size.Level, most))
                return;
        }
    }

    private bool Replace(int count, int level, int most)
    {
        var children = _parts.GetRange(0, count);
        var before = children.Sum(part => (long)Cost(part));
        if (children is [{ Groups.Count: 0, Children.Count: 0 } alone] && alone.MaxTokens <= most)
            return false;
        var whole = PartOf(children, level, (int)Math.Min(most, before * 3 / 4));
        if (Cost(whole) >= before)
            return false;
        _parts.RemoveRange(0, count);
        _parts.Insert(0, whole);
        _total += Cost(whole) - before;
        return true;
    }

    // What tells of everything long ago leaves room for what tells of the time since.
    private int WholeTokens(LevelSize size)
    {
        var most = size.MaxTokens;
        while (most > SmallestPart && most > _sure * WholeShare)
            most /= 2;
        return most;
    }

    private static int CostOf(int tokens) => tokens + Heading + Framing;

    // Level 0 still carries what these held of rules, tasks, files and names.
    private void LeaveOldest()
    {
        while (IsTooLarge)
        {
            _total -= Cost(_parts[0]);
            _parts.RemoveAt(0);
        }
    }

    private static PlannedPart PartOf(List<PlannedPart> children, int level, int maxTokens) => new()
    {
        Level = level,
        MaxTokens = maxTokens,
        CoveredTokens = children.Sum(part => part.MaxTokens),
        Children = children,
        FirstGroup = children[0].FirstGroup,
        LastGroup = children[^1].LastGroup,
    };
}

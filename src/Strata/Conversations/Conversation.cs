using System.Collections.Immutable;
using Strata.Conversations.Recalling;

namespace Strata.Conversations;

/// <summary>One conversation of a client: its history, its views, and the compaction that is at work for it.</summary>
internal sealed class Conversation(History history, ImmutableArray<ConversationView> known)
{
    // A caller who goes back beyond so many compactions starts without a view.
    private const int MostViews = 8;
    private const int MostRecalled = 32;

    private ImmutableArray<ConversationView> _views = known;
    private ImmutableList<RecallExchange> _recalled = [];
    private BackgroundCompaction? _background;

    /// <summary>The longest list that was seen of it.</summary>
    public History History { get; set; } = history;

    /// <summary>Held by the one call that compacts.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>The compaction that is at work or waits to be taken; null: none.</summary>
    public BackgroundCompaction? Background => Volatile.Read(ref _background);

    /// <summary>Whether the archive was asked for what it knows of it.</summary>
    public bool IsArchiveAsked { get; set; }

    /// <summary>How the last try ended.</summary>
    public LastTry LastTry { get; set; } = LastTry.None;

    /// <summary>Null before the first.</summary>
    public SentCall? LastCall { get; set; }

    /// <summary>The recall tools that it was offered last; null: none yet.</summary>
    public RecallOffer? Recall { get; set; }

    /// <summary>How the input that was reported grew with what was sent.</summary>
    public InputGrowth Growth { get; } = new();

    /// <summary>What was recalled in the turn that <paramref name="call"/> goes on with.</summary>
    public IReadOnlyList<RecallExchange> RecalledFor(ConversationCall call) =>
        _recalled.IsEmpty ? [] : _recalled.FindAll(exchange => exchange.Holds(call));

    /// <summary>Keeps what was recalled; a caller who goes back has it still, up to the last few.</summary>
    public void Add(RecallExchange exchange) =>
        ImmutableInterlocked.Update(ref _recalled, static (all, added) => [.. all.TakeLast(MostRecalled - 1), added], exchange);

    public ConversationView? ViewOf(int count)
    {
        var views = _views;
        for (var i = views.Length - 1; i >= 0; i--)
        {
            if (views[i].Covered <= count)
                return views[i];
        }

        return null;
    }

    public void Add(ConversationView made) => ImmutableInterlocked.Update(
        ref _views,
        static (all, added) =>
        {
            var before = all.Where(view => view.Covered < added.Covered).ToList();
            return [.. before.Skip(before.Count + 1 - MostViews), added, .. all.Where(view => view.Covered > added.Covered)];
        },
        made);

    /// <summary>Puts <paramref name="next"/> in the place of <paramref name="current"/>; false when somebody else was first.</summary>
    public bool Replace(BackgroundCompaction? current, BackgroundCompaction? next) =>
        ReferenceEquals(Interlocked.CompareExchange(ref _background, next, current), current);

    /// <summary>
    /// A conversation that went on differently after <paramref name="common"/> messages: what was made of these holds for it too.
    /// </summary>
    public Conversation Branch(History history, int common)
    {
        var branch = new Conversation(history, [.. _views.Where(view => view.Covered <= common)]);
        if (branch._views.Length > 0)
            branch.LastTry = LastTry with { NextAt = 0, FailedInBackground = false };
        if (Background is { } background && background.Count <= common)
            branch._background = background;
        return branch;
    }
}

using System.Collections.Concurrent;

namespace Strata.Conversations;

/// <summary>Windows that turned out smaller than the one that was configured, by model.</summary>
internal sealed class LearntWindows
{
    // Where the provider names no numbers it took less than was sent: this much less is tried next, as far as counts were ever found off.
    private const double Step = 1.15;

    // A server that refuses everything must not shrink the window to nothing.
    private const int LeastShare = 20;

    // A refusal that may be of bytes tells of the window only where tokens came near it.
    private const int NearShare = 2;

    private readonly ConcurrentDictionary<string, int> _windows = new(StringComparer.Ordinal);

    /// <summary>Null: nothing was learnt of the model; the name is null where it is not known.</summary>
    public int? Of(string? model) => _windows.TryGetValue(model ?? "", out var window) ? window : null;

    /// <summary>Learns from an overflow.</summary>
    /// <param name="model">The model's name; null when none is known.</param>
    /// <param name="error">What the provider said.</param>
    /// <param name="sent">Tokens of the request that overflowed, as they were estimated.</param>
    /// <param name="configured">The window that was believed in at first.</param>
    /// <param name="output">Tokens of the answer that the request asked for: its room is kept whatever the window; 0 when it did not
    /// say.</param>
    public void Learn(string? model, ContextOverflow error, long sent, int configured, int output)
    {
        if (error is { MayBeOfBytes: true, Limit: null } && sent < (Of(model) ?? configured) / NearShare)
            return;

        // Where it tells what it counted, the estimate was wrong and not the window, unless it also names a smaller one.
        var named = output > 0 ? error.Limit : error.MaxInput;
        var window = named ?? (error.Used is null ? (long)(sent / Step) + output : configured);
        if (window < configured)
            Learn(model, (int)Math.Max(window, Math.Max(configured / LeastShare, 1)));
    }

    /// <summary>Learns what the window is; only a smaller one than was known changes anything.</summary>
    public void Learn(string? model, int window) => _windows.AddOrUpdate(model ?? "", window, (_, known) => Math.Min(known, window));
}

using System.Globalization;
using System.Text.RegularExpressions;
using Strata.Transcripts;

namespace Strata.Reducing.Shortening;

/// <summary>The text that stands where something was cut out. Only text survives every format, so it is found again by its form.</summary>
internal static partial class CutMarker
{
    // Head and tail are kept with as many tokens each, whole lines aside; a token of one script has up to six times the chars of another.
    private const int MostLopsided = 12;

    public static string Cut(int tokens, Handle handle) =>
        string.Create(CultureInfo.InvariantCulture, $"[{tokens:N0} tokens cut; recall {handle}]");

    /// <summary>The first line of a text that was reduced by its kind.</summary>
    public static string Reduced(string kind, int tokens, Handle handle) =>
        string.Create(CultureInfo.InvariantCulture, $"[{kind} reduced, {tokens:N0} tokens cut; recall {handle}]");

    /// <summary>The whole of a read that is no longer true or no longer needed.</summary>
    public static string Superseded(bool wasChanged, int tokens, Handle handle) => string.Create(
        CultureInfo.InvariantCulture,
        $"[superseded by a later {(wasChanged ? "change" : "read")}: {tokens:N0} tokens cut; recall {handle}]");

    public static string Media(string mediaType, long? bytes, Handle handle) => bytes is { } length
        ? string.Create(CultureInfo.InvariantCulture, $"[{mediaType}, {length:N0} bytes cut; recall {handle}]")
        : $"[{mediaType} cut; recall {handle}]";

    /// <summary>The form for when no other fits.</summary>
    public static string Shortest(Handle handle) => $"[cut; recall {handle}]";

    /// <summary>
    /// Splits a text that was shortened before; null when it holds no marker, or several: we never nest them, so these are somebody's
    /// quotation of shortened text.
    /// </summary>
    public static ShortenedText? Parse(string text)
    {
        if (!text.Contains("; recall ", StringComparison.Ordinal))
            return null;
        var marker = Marker().Match(text);
        if (!marker.Success || !StandsAlone(text, marker) || marker.NextMatch().Success
            || !Handle.TryParse(marker.Groups["handle"].Value, out var handle))
            return null;
        _ = int.TryParse(marker.Groups["tokens"].ValueSpan, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var tokens);
        return new ShortenedText(
            text[..marker.Index].TrimEnd('\n'), tokens, handle, text[(marker.Index + marker.Length)..].TrimStart('\n'), marker.Value);
    }

    // Ours has a line of its own: the first one of a reduced text, else one about in the middle of what was kept. Any other is somebody's
    // quotation.
    private static bool StandsAlone(string text, Match marker)
    {
        var (before, after) = (marker.Index, text.Length - marker.Index - marker.Length);
        if ((before > 0 && text[before - 1] != '\n') || (after > 0 && text[^after] != '\n'))
            return false;
        if (marker.Groups["kind"].Success)
            return before == 0;
        return Math.Max(before, after) <= MostLopsided * (long)Math.Min(before, after);
    }

    /// <summary>The handle that all markers of a text share; null when there are none, or of several originals.</summary>
    public static Handle? OnlyHandle(string text)
    {
        Handle? only = null;
        for (var marker = Marker().Match(text); marker.Success; marker = marker.NextMatch())
        {
            if (!Handle.TryParse(marker.Groups["handle"].Value, out var handle) || (only is { } known && known != handle))
                return null;
            only = handle;
        }

        return only;
    }

    /// <summary>The text with quoted markers made unlike ours, so that the one we add stays the only one.</summary>
    public static string Neutralize(string text) => text.Contains("; recall ", StringComparison.Ordinal)
        ? Marker().Replace(text, marker => "(" + marker.Value[1..])
        : text;

    [GeneratedRegex(
        @"\[(?:(?:(?<kind>[a-z]{1,12}) reduced, |superseded by a later (?:change|read): )?(?<tokens>[0-9,]{1,15}) tokens cut|cut"
            + @"|[a-z]{1,20}/[A-Za-z0-9.+*-]{1,80}(?:, [0-9,]{1,20} bytes)? cut); recall (?<handle>[0-9a-z]{12})\]",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Marker();
}

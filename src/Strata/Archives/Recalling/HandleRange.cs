using Strata.Transcripts;

namespace Strata.Archives.Recalling;

/// <summary>What a person asked to recall: one handle, or all from one to another.</summary>
internal readonly record struct HandleRange(Handle First, Handle? Last)
{
    private const string To = "..";

    public static HandleRange Parse(string text)
    {
        var dots = text.IndexOf(To, StringComparison.Ordinal);
        return dots < 0 ? new HandleRange(Read(text), null) : new HandleRange(Read(text[..dots]), Read(text[(dots + To.Length)..]));
    }

    private static Handle Read(string text) => Handle.TryParse(text.Trim(), out var handle)
        ? handle
        : throw new FormatException(
            $"'{text}' is not a handle: that is {Handle.Length} letters and digits, or two of them as first..last.");
}

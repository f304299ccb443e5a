using System.Globalization;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Logs;

/// <summary>
/// Stack traces of Python, Java, .NET, JavaScript, Go and Rust: what was thrown and said, the frames at both ends and those of the
/// program's own code; frames of libraries are counted.
/// </summary>
internal sealed class StackTraceReducer : IReducer
{
    private const int FewestFrames = 6;
    private const int EndFrames = 2;
    private const int OwnFrames = 5;

    private static readonly string[] Foreign =
    [
        "node_modules", "node:internal", "(internal/", "site-packages", "dist-packages", "/usr/lib/", "lib/python", "<frozen",
        "/usr/local/go/", "/go/pkg/mod/", "/rustc/", "/.cargo/",
        "java.", "javax.", "jdk.", "sun.", "kotlin.", "scala.", "org.springframework.", "org.apache.", "org.junit.", "org.hibernate.",
        "org.eclipse.", "com.sun.", "io.netty.", "reactor.",
        "System.", "Microsoft.", "runtime.", "std::", "core::", "tokio::", "alloc::", "testing.tRunner", "net/http.",
    ];

    public string Kind => "stack";

    public double Detect(ToolOutput output) => Frames(output.Lines) is null ? 0 : .85;

    public string? Reduce(ToolOutput output, int maxChars) => Frames(output.Lines) is { } frames
        ? output.Smaller(Choose(output.Lines, frames, AskedNames.Of(output)).Write(maxChars), maxChars)
        : null;

    // Which lines are frames; null where they are few.
    private static bool[]? Frames(TextLines lines)
    {
        var frames = new bool[lines.Count];
        int count = 0, said = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            said += lines[i].IsWhiteSpace() ? 0 : 1;
            frames[i] = IsFrame(lines[i]) || (i > 0 && frames[i - 1] && IsSecondLine(lines[i - 1], lines[i]));
            count += frames[i] ? 1 : 0;
        }

        return count < FewestFrames || count * 2 < said ? null : frames;
    }

    private static LineSelection Choose(TextLines lines, bool[] frames, AskedNames asked)
    {
        var kept = new LineSelection(lines);
        var seen = new Dictionary<int, int>();
        for (var i = 0; i < lines.Count;)
        {
            if (!frames[i])
            {
                if (!lines[i].IsWhiteSpace())
                    kept.Keep(i, LineRank.Verdict);
                i++;
                continue;
            }

            var end = i;
            while (end < lines.Count && frames[end])
                end++;

            // The threads of a pool wait in the same place.
            if (end - i > 2 && !seen.TryAdd(HashOf(lines, i, end), i))
                kept.Note(i, string.Create(CultureInfo.InvariantCulture, $"    [{end - i} lines of frames as above]"));
            else
                Block(lines, i, end, kept, asked);
            i = end;
        }

        return kept;
    }

    private static void Block(TextLines lines, int start, int end, LineSelection kept, AskedNames asked)
    {
        var own = 0;
        var isForeign = false;
        for (var i = start; i < end; i++)
        {
            // The source below a frame belongs to whom the frame does.
            if (i == start || !IsSecondLine(lines[i - 1], lines[i]))
                isForeign = IsForeign(lines[i]);
            if (i < start + (EndFrames * 2) || i >= end - (EndFrames * 2) || asked.StandIn(lines[i]))
                kept.Keep(i, LineRank.Detail);
            else if (!isForeign && own++ < OwnFrames * 2)
                kept.Keep(i, LineRank.Single);
        }
    }

    // Deterministic across processes, as the text must be.
    private static int HashOf(TextLines lines, int start, int end)
    {
        var hash = 17;
        for (var i = start; i < end; i++)
        {
            foreach (var letter in lines[i])
                hash = unchecked((hash * 31) + letter);
        }

        return hash;
    }

    public static bool IsFrame(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        if (text.Length < 6)
            return false;
        var isIndented = text.Length < line.Length;
        return (isIndented && text.StartsWith("at "))
            || (text.StartsWith("File \"") && text.Contains("\", line ", StringComparison.Ordinal))
            || (isIndented && text.StartsWith("from ") && text.Contains(":in ", StringComparison.Ordinal))
            || (isIndented && text[0] == '/' && text.Contains(".go:", StringComparison.Ordinal))
            || (!isIndented && text[^1] == ')' && text.Contains('(') && text.IndexOf('.') > 0 && !text.Contains(' ') && !text.Contains('='))
            || IsNumberedFrame(text);
    }

    // Python shows the source below a frame, Go the place below the function.
    private static bool IsSecondLine(ReadOnlySpan<char> frame, ReadOnlySpan<char> line) =>
        frame.TrimStart().StartsWith("File \"") && line.StartsWith("    ");

    // Rust and gdb: "  12: core::panicking::panic", "#3 0x… in main"
    private static bool IsNumberedFrame(ReadOnlySpan<char> text)
    {
        var digits = text[0] == '#' ? 1 : 0;
        var i = digits;
        while (i < text.Length && char.IsAsciiDigit(text[i]))
            i++;
        return i > digits && i < 5 && i + 1 < text.Length
            && (text[0] == '#' ? text[i] == ' ' : text[i] == ':' && text[i + 1] == ' ' && text.Contains("::", StringComparison.Ordinal));
    }

    private static bool IsForeign(ReadOnlySpan<char> line)
    {
        var text = line.TrimStart();
        foreach (var name in Foreign)
        {
            var at = text.IndexOf(name, StringComparison.Ordinal);
            if (at == 0 || (at > 0 && !char.IsAsciiLetterOrDigit(text[at - 1]) && text[at - 1] != '.')
                || (at > 0 && name[0] is '/' or '(' or '<'))
                return true;
        }

        return false;
    }
}

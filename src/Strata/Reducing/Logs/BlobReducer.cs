using System.Globalization;
using System.Text;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Logs;

/// <summary>Base64, hex and binary data, and code on endless lines: what it is and how long, never the data.</summary>
internal sealed class BlobReducer : IReducer
{
    private const int LongRun = 160;
    private const int WrappedLine = 56;

    // Prose has a blank after every fifth char, minified code hardly any.
    private const int LongLine = 2_000;

    private static readonly (string Start, string Name)[] Signatures =
    [
        ("iVBORw0KGgo", "PNG image"), ("/9j/", "JPEG image"), ("R0lGOD", "GIF image"), ("UEsDB", "ZIP archive"), ("JVBERi", "PDF"),
        ("H4sI", "gzip data"), ("TVqQ", "Windows program"),
        ("f0VMRg", "ELF program"), ("PHN2Zy", "SVG image"), ("UklGR", "WebP or WAV"), ("LS0tLS1CRUdJTi", "PEM text"), ("eyJ", "JSON"),
    ];

    public string Kind => "blob";

    public double Detect(ToolOutput output) => IsBinary(output.Text) ? .9 : WithoutData(output) is null ? 0 : .4;

    public string? Reduce(ToolOutput output, int maxChars) => output.Smaller(
        IsBinary(output.Text) ? string.Create(CultureInfo.InvariantCulture, $"[binary data, {output.Text.Length:N0} chars]")
            : WithoutData(output), maxChars);

    // The text with its data described; null where less than half of it is data.
    private static string? WithoutData(ToolOutput output)
    {
        var (text, lines) = (output.Text, output.Lines);
        var written = new StringBuilder();
        long data = 0;
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var end = i;
            while (end < lines.Count && lines[end].Length >= WrappedLine && IsData(lines[end]))
                end++;
            if (end - i >= 4)
            {
                var chars = lines.StartOf(end - 1) + lines[end - 1].Length - lines.StartOf(i);
                Describe(written, line, chars);
                written.Append('\n');
                data += chars;
                i = end - 1;
                continue;
            }

            data += line.Length > LongLine && line.Count(' ') * 20 < line.Length ? line.Length : 0;
            data += WithoutRuns(written, line);
            written.Append('\n');
        }

        return data * 2 < text.Length ? null : written.ToString().TrimEnd('\n');
    }

    private static long WithoutRuns(StringBuilder written, ReadOnlySpan<char> line)
    {
        var start = written.Length;
        long data = 0;
        var shown = new StringBuilder();
        for (var i = 0; i < line.Length;)
        {
            var end = i;
            while (end < line.Length && IsDataChar(line[end]))
                end++;
            if (end - i >= LongRun && IsData(line[i..end]))
            {
                Describe(shown, line[i..end], end - i);
                data += end - i;
            }
            else
            {
                shown.Append(line[i..end]);
            }

            if (end < line.Length)
                shown.Append(line[end++]);
            i = end;
        }

        LineSelection.AppendClipped(written, shown.ToString());
        return written.Length > start ? data : 0;
    }

    private static void Describe(StringBuilder written, ReadOnlySpan<char> run, int chars)
    {
        var name = "base64 data";
        foreach (var (start, kind) in Signatures)
        {
            if (run.StartsWith(start, StringComparison.Ordinal))
                name = $"base64 data, {kind}";
        }

        if (!run.ContainsAnyExcept("0123456789abcdefABCDEF"))
            name = "hex data";
        written.Append(CultureInfo.InvariantCulture, $"[{name}, {chars:N0} chars]");
    }

    // Letters of both cases and digits in one run, or hex: no path and no word is so long.
    private static bool IsData(ReadOnlySpan<char> run)
    {
        var slashes = 0;
        foreach (var letter in run)
        {
            if (!IsDataChar(letter))
                return false;
            slashes += letter is '/' or '-' or '_' ? 1 : 0;
        }

        return slashes * 12 < run.Length && run.ContainsAnyInRange('0', '9')
            && (run.ContainsAnyInRange('a', 'z') || run.ContainsAnyInRange('A', 'F'));
    }

    private static bool IsDataChar(char letter) => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '=' or '-' or '_';

    private static bool IsBinary(string text)
    {
        var head = text.AsSpan(0, Math.Min(text.Length, 4_000));
        var strange = 0;
        foreach (var letter in head)
            strange += letter == '\ufffd' || (letter < ' ' && letter is not ('\t' or '\n' or '\r')) ? 1 : 0;
        return strange * 10 > head.Length;
    }
}

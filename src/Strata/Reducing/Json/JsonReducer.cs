using System.Text;
using Strata.Reducing.Lines;
using Strata.Reducing.Rows;

namespace Strata.Reducing.Json;

/// <summary>
/// JSON and lines of JSON: arrays become one description of their columns and the rows that matter, objects are written without brackets
/// and quotes, long strings are cut.
/// </summary>
internal sealed class JsonReducer : IReducer
{
    // Printed around the JSON by a shell or a harness.
    private const int MostBefore = 1_500;
    private const int MostAfter = 1_500;

    public string Kind => "json";

    public double Detect(ToolOutput output)
    {
        var text = NumberedLines.Strip(output.Text) ?? output.Text;
        var start = Start(text);
        return start >= 0 && (JsonLines.Read(text, start) is not null || Document(text, start) is not null) ? .9 : 0;
    }

    public string? Reduce(ToolOutput output, int maxChars)
    {
        var text = NumberedLines.Strip(output.Text) ?? output.Text;
        var start = Start(text);
        if (start < 0)
            return null;
        var asked = AskedNames.Of(output);
        var lines = JsonLines.Read(text, start);
        var document = lines is null ? Document(text, start) : 0..0;
        if (document is null)
            return null;
        foreach (var detail in TableDetail.Steps)
        {
            var written = new StringBuilder();
            written.Append(text.AsSpan(0, start));
            if (lines is not null)
            {
                TableText.Write(written, "", "objects", lines.Rows, text, lines.Columns, detail, asked);
            }
            else
            {
                new JsonPage(text, written, detail, asked).Write(document.Value);
                var after = text.AsSpan(document.Value.End).TrimEnd();
                if (after.Length > 0)
                    written.Append('\n').Append(after.TrimStart());
            }

            if (written.Length <= maxChars)
                return output.Smaller(written.ToString(), maxChars);
        }

        return null;
    }

    // The first line that begins as JSON does.
    private static int Start(string text)
    {
        for (var at = 0; at >= 0 && at < Math.Min(text.Length, MostBefore);)
        {
            var first = JsonScan.Space(text, at);
            if (first < text.Length && text[first] is '{' or '[' && JsonScan.Space(text, first + 1) is var next && next < text.Length
                && text[next] is '"' or '{' or '[' or ']' or '}' or '-' or 't' or 'f' or 'n' or (>= '0' and <= '9'))
                return first;
            var end = text.IndexOf('\n', at);
            at = end < 0 ? -1 : end + 1;
        }

        return -1;
    }

    private static Range? Document(string text, int start)
    {
        if (JsonScan.Value(text, start) is not { } range || text.AsSpan(range.End.Value..).Trim().Length > MostAfter)
            return null;
        // A line of JSON in a text about something else.
        if ((range.End.Value - range.Start.Value) * 2L < text.Length)
            return null;
        return JsonScan.IsValid(text.AsMemory(range)) ? range : null;
    }
}

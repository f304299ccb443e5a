using System.Text;
using Strata.Reducing.Rows;

namespace Strata.Reducing.Json;

/// <summary>Writes a JSON value for reading: a member a line, arrays of many items and maps of many members as tables.</summary>
internal sealed class JsonPage(string text, StringBuilder written, TableDetail detail, AskedNames asked)
{
    // Fewer items are written one by one.
    private const int FewestRows = 4;
    private const int FewestMapRows = 10;

    // Short enough to stand on one line.
    private const int InlineChars = 100;

    public void Write(Range value) => Value(value, "", atLineStart: true);

    private void Value(Range value, string indent, bool atLineStart)
    {
        var kind = text[value.Start.Value];
        var length = value.End.Value - value.Start.Value;
        if (kind is not ('{' or '[') || length <= InlineChars)
        {
            TableText.Cell(written, text.AsSpan(value), kind == '"' ? detail.CellChars * 2 : Math.Max(detail.CellChars, InlineChars));
            return;
        }

        if (AsTable(value, kind) is { } table)
        {
            TableText.Write(written, indent, kind == '{' ? "members" : "items", table.Rows, text, table.Columns, detail, asked);
            return;
        }

        foreach (var (name, member) in JsonScan.Parts(text, value))
        {
            if (!atLineStart)
                written.Append('\n').Append(indent);
            atLineStart = false;
            var memberKind = text[member.Start.Value];
            var isShort = memberKind is not ('{' or '[') || member.End.Value - member.Start.Value <= InlineChars;
            if (kind == '{')
                written.Append(text.AsSpan(name)).Append(':').Append(isShort || memberKind == '[' ? " " : "");
            else
                written.Append("- ");
            Value(member, indent + " ", atLineStart: kind == '[');
        }
    }

    private JsonRows? AsTable(Range value, char kind)
    {
        var count = 0;
        var objects = 0;
        foreach (var (_, item) in JsonScan.Parts(text, value))
        {
            count++;
            objects += text[item.Start.Value] == '{' ? 1 : 0;
        }

        if (kind == '{' ? count < FewestMapRows || (objects < count && (objects > 0 || count < FewestMapRows * 4)) : count < FewestRows)
            return null;
        var rows = new JsonRows(text);
        foreach (var (name, item) in JsonScan.Parts(text, value))
        {
            if (kind == '{')
                rows.Add(name, item);
            else
                rows.Add(item);
        }

        return rows;
    }
}

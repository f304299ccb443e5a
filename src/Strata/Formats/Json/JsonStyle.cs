using System.Buffers;
using System.Text;

namespace Strata.Formats.Json;

/// <summary>How a document is laid out, so that what is put in looks like what stands around it.</summary>
/// <param name="Newline">Null when values stand on one line.</param>
/// <param name="Indent">What one level deeper adds to the indentation.</param>
/// <param name="AfterComma">Between members on one line.</param>
/// <param name="AfterColon">Between a name and its value.</param>
internal sealed record JsonStyle(string? Newline, string Indent, string AfterComma, string AfterColon)
{
    public static JsonStyle Compact { get; } = new(null, "", "", "");

    /// <summary>The style of an object or list that stands behind <paramref name="indentation"/>.</summary>
    public static JsonStyle Of(JsonValue sample, string indentation)
    {
        if (sample.Fields.Members is not { Count: > 0 } members)
            return Compact;
        var bytes = sample.Bytes;
        var colon = Encoding.UTF8.GetString(Between(sample, members[0].Name.End, members[0].Value.Start)).Split(':')[^1];
        var lead = Encoding.UTF8.GetString(Between(sample, sample.Start + 1, members[0].Name.Start));
        if (lead.LastIndexOf('\n') is var line and >= 0)
        {
            var inner = lead[(line + 1)..];
            var indent = inner.StartsWith(indentation, StringComparison.Ordinal) ? inner[indentation.Length..] : inner;
            return new JsonStyle(lead.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n", indent, "", colon);
        }

        var comma = members.Count > 1 ? Encoding.UTF8.GetString(Between(sample, members[0].Value.End, members[1].Name.Start)) : "," + colon;
        return new JsonStyle(null, "", comma.Split(',')[^1], colon);
    }

    /// <summary>
    /// Lays out <paramref name="json"/>, which must be valid; its first line is taken to stand behind <paramref name="indentation"/>.
    /// </summary>
    public byte[] Apply(ReadOnlySpan<byte> json, string indentation)
    {
        var output = new ArrayBufferWriter<byte>(json.Length + (json.Length / 4));
        var depth = 0;
        for (var position = JsonScanner.SkipWhitespace(json, 0); position < json.Length;
            position = JsonScanner.SkipWhitespace(json, position))
        {
            var token = json[position];
            switch (token)
            {
                case (byte)'{' or (byte)'[':
                    output.Write([token]);
                    position = JsonScanner.SkipWhitespace(json, position + 1);
                    if (json[position] is (byte)'}' or (byte)']')
                        output.Write(json.Slice(position++, 1));
                    else
                        BreakLine(output, indentation, ++depth);
                    break;
                case (byte)'}' or (byte)']':
                    BreakLine(output, indentation, --depth);
                    output.Write([token]);
                    position++;
                    break;
                case (byte)',':
                    output.Write([token]);
                    Write(output, Newline is null ? AfterComma : "");
                    BreakLine(output, indentation, depth);
                    position++;
                    break;
                case (byte)':':
                    output.Write([token]);
                    Write(output, AfterColon);
                    position++;
                    break;
                default:
                    var end = JsonScanner.SkipValue(json, position);
                    output.Write(json[position..end]);
                    position = end;
                    break;
            }
        }

        return output.WrittenSpan.ToArray();
    }

    private static ReadOnlySpan<byte> Between(JsonValue sample, int start, int end) =>
        sample.Bytes[(start - sample.Start)..(end - sample.Start)];

    private static void Write(ArrayBufferWriter<byte> output, string text) => output.Write(Encoding.UTF8.GetBytes(text));

    private void BreakLine(ArrayBufferWriter<byte> output, string indentation, int depth)
    {
        if (Newline is null)
            return;
        Write(output, Newline);
        Write(output, indentation);
        for (; depth > 0; depth--)
            Write(output, Indent);
    }
}

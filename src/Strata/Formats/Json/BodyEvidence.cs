using System.Text;
using System.Text.Json;

namespace Strata.Formats.Json;

/// <summary>What the first bytes of a document show of its vendor. Nothing is shown by what is not one JSON document.</summary>
internal sealed class BodyEvidence
{
    private static readonly BodyEvidence None = new();

    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Whether the root is a list, or an object, that stands alone in its file as far as can be seen.</summary>
    public bool IsList { get; private set; }

    public bool IsObject { get; private set; }

    /// <summary>Whether an element of a list in the root showed any of its members.</summary>
    public bool HasElements { get; private set; }

    /// <summary>The value of the root's <c>model</c>.</summary>
    public string? Model { get; private set; }

    /// <summary>
    /// Whether one of these was seen: a name with the first character of its value (a blank for numbers and words), <c>arguments{</c> anywhere,
    /// <c>/messages[</c> in the root (<c>/system</c> alone where the value may not be whole), <c>*role"</c> in an element of a list there; <c>=tool_use</c> is a value of "type" anywhere.
    /// </summary>
    public bool Has(params ReadOnlySpan<string> signs)
    {
        foreach (var sign in signs)
        {
            if (_seen.Contains(sign))
                return true;
        }

        return false;
    }

    public static BodyEvidence Collect(ReadOnlySpan<byte> head)
    {
        var start = JsonScanner.SkipWhitespace(head, head is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
        if (start == head.Length || head[start] is not ((byte)'{' or (byte)'['))
            return None;
        var evidence = new BodyEvidence { IsList = head[start] == (byte)'[', IsObject = head[start] == (byte)'{' };
        var reader = new Utf8JsonReader(head[start..], isFinalBlock: false, new JsonReaderState(new JsonReaderOptions { MaxDepth = int.MaxValue }));
        try
        {
            evidence.Walk(ref reader);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Behind the end of the root nothing may follow: this is a file of lines. A fault inside it leaves what was seen before.
            if (reader.CurrentDepth == 0)
                return None;
        }

        return evidence;
    }

    private void Walk(ref Utf8JsonReader reader)
    {
        var elementDepth = IsList ? 1 : 2;
        var name = "";
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                name = reader.ValueSpan.Length < 40 ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
                if (reader.CurrentDepth == 1 && IsObject)
                    _seen.Add("/" + name);
                continue;
            }

            var kind = reader.TokenType switch
            {
                JsonTokenType.StartArray => '[',
                JsonTokenType.StartObject => '{',
                JsonTokenType.String => '"',
                _ => ' ',
            };
            Note(ref reader, name, kind, elementDepth);
            name = "";
        }
    }

    private void Note(ref Utf8JsonReader reader, string name, char kind, int elementDepth)
    {
        if (name.Length == 0)
            return;
        if (reader.CurrentDepth == 1 && IsObject)
        {
            _seen.Add("/" + name + kind);
            if (name is "model" && kind == '"')
                Model = Encoding.UTF8.GetString(reader.ValueSpan);
        }
        else if (reader.CurrentDepth == elementDepth + 1)
        {
            _seen.Add("*" + name + kind);
            HasElements = true;
        }

        _seen.Add(name + kind);
        if (name is "type" && kind == '"' && reader.ValueSpan.Length < 40)
            _seen.Add("=" + Encoding.UTF8.GetString(reader.ValueSpan));
    }
}

using System.Text;
using System.Text.Json;

namespace Strata.Formats.Json;

/// <summary>
/// What a document shows of its vendor: names and kinds of values, never their words. Nothing is shown by what is not one JSON
/// document.
/// </summary>
internal sealed class BodyEvidence
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = int.MaxValue });
    private string _name = "";
    private bool _hasBegun;
    private bool _isOver;

    /// <summary>Whether the root is a list, or an object, that stands alone in its file as far as can be seen.</summary>
    public bool IsList { get; private set; }

    public bool IsObject { get; private set; }

    /// <summary>Whether an element of a list in the root showed any of its members.</summary>
    public bool HasElements { get; private set; }

    /// <summary>Whether more of the document can show more: it is one document so far and not at its end.</summary>
    public bool WantsMore => !_isOver;

    public static BodyEvidence Collect(ReadOnlySpan<byte> document)
    {
        var evidence = new BodyEvidence();
        evidence.Add(document);
        return evidence;
    }

    /// <summary>
    /// Whether one of these was seen: a name with the first character of its value (a blank for numbers and words), <c>arguments{</c>
    /// anywhere,
    /// <c>/messages[</c> in the root (<c>/system</c> alone where the value may not be whole), <c>*role"</c> in an element of a list there;
    /// <c>=tool_use</c> is a value of "type" anywhere.
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

    /// <summary>Looks at the next bytes; what is left over has to come again, with more behind it.</summary>
    /// <returns>How many bytes were looked at.</returns>
    public int Add(ReadOnlySpan<byte> bytes)
    {
        if (_isOver)
            return bytes.Length;
        var start = 0;
        if (!_hasBegun)
        {
            start = JsonScanner.SkipWhitespace(bytes, bytes is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
            if (start == bytes.Length)
                return 0;
            _hasBegun = true;
            (IsList, IsObject) = (bytes[start] == (byte)'[', bytes[start] == (byte)'{');
            _isOver = !IsList && !IsObject;
        }

        if (_isOver)
            return bytes.Length;
        var reader = new Utf8JsonReader(bytes[start..], isFinalBlock: false, _state);
        try
        {
            Walk(ref reader);
            _state = reader.CurrentState;
            return start + (int)reader.BytesConsumed;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Behind the end of the root nothing may follow: this is a file of lines. A fault inside it leaves what was seen before.
            _isOver = true;
            if (reader.CurrentDepth == 0)
            {
                (IsList, IsObject, HasElements) = (false, false, false);
                _seen.Clear();
            }

            return bytes.Length;
        }
    }

    private void Walk(ref Utf8JsonReader reader)
    {
        var elementDepth = IsList ? 1 : 2;
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                _name = reader.ValueSpan.Length < 40 ? Encoding.UTF8.GetString(reader.ValueSpan) : "";
                if (reader.CurrentDepth == 1 && IsObject)
                    _seen.Add("/" + _name);
                continue;
            }

            var kind = reader.TokenType switch
            {
                JsonTokenType.StartArray => '[',
                JsonTokenType.StartObject => '{',
                JsonTokenType.String => '"',
                _ => ' ',
            };
            Note(ref reader, _name, kind, elementDepth);
            _name = "";
        }
    }

    private void Note(ref Utf8JsonReader reader, string name, char kind, int elementDepth)
    {
        if (name.Length == 0)
            return;
        if (reader.CurrentDepth == 1 && IsObject)
        {
            _seen.Add("/" + name + kind);
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

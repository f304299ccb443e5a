using System.Text;
using System.Text.Unicode;

namespace Strata.Formats.Json;

/// <summary>One JSON document that holds a list of messages: its bytes, and where the list and its elements stand.</summary>
internal sealed class JsonBody
{
    private JsonBody(byte[] original, byte[] bytes, JsonValue root, List<FormatProblem> problems)
    {
        Original = original;
        Bytes = bytes;
        Root = root;
        Problems = problems;
    }

    /// <summary>The input.</summary>
    public byte[] Original { get; }

    /// <summary>The input, closed where it was truncated.</summary>
    public byte[] Bytes { get; }

    public JsonValue Root { get; }

    /// <summary>The value that holds the messages: a list, or for some formats one string.</summary>
    public JsonValue List { get; private set; }

    /// <summary>The name of the list in the root object; empty for a bare list.</summary>
    public string ListName { get; private set; } = "";

    /// <summary>All elements of the list, those that are no messages too.</summary>
    public List<JsonValue> Elements { get; private set; } = [];

    /// <summary>For each element whether it can be read as a message.</summary>
    public List<bool> Readable { get; } = [];

    public List<FormatProblem> Problems { get; }

    /// <summary>
    /// Finds the list under one of its names, the preferred first; with <paramref name="allowString"/> it may be one string.
    /// </summary>
    /// <exception cref="SessionFormatException">There is no list of messages in the input.</exception>
    public static JsonBody Parse(byte[] original, string format, string[] listNames, bool allowString)
    {
        var start = FindStart(original, format);
        var problems = new List<FormatProblem>();
        var error = JsonSyntax.FindError(original.AsSpan(start));
        var bytes = original;
        if (error is { } broken && JsonScanner.SkipValue(original, start) < 0)
        {
            bytes = CloseTruncated(original, start, listNames);
            problems.Add(new FormatProblem(
                JsonSyntax.Place(original, original.Length), "The document ends in the middle; what stands before the end was read."));
            error = JsonSyntax.FindError(bytes.AsSpan(start));
        }

        var root = new JsonValue(bytes, start, JsonScanner.SkipValue(bytes, start));
        var body = new JsonBody(original, bytes, root, problems);
        body.FindList(format, listNames, allowString);
        body.FindElements(isValid: error is null);
        body.ReportOddities(error, start);
        return body;
    }

    /// <summary>The place of an element, e.g. <c>messages[3]</c>, or <c>[3]</c> in a bare list.</summary>
    public string PlaceOf(int element) => List.IsString ? ListName : $"{ListName}[{element}]";

    private static int FindStart(byte[] input, string format)
    {
        if (input is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            throw new SessionFormatException("The input is UTF-16; save it as UTF-8.");
        var start = JsonScanner.SkipWhitespace(input, input is [0xEF, 0xBB, 0xBF, ..] ? 3 : 0);
        if (start == input.Length)
            throw new SessionFormatException("The input is empty.");
        if (input[start] is (byte)'{' or (byte)'[')
            return start;
        if (JsonSyntax.FindError(input.AsSpan(start)) is { } error)
            throw new SessionFormatException($"{JsonSyntax.Place(input, start + error.Offset)}: not JSON: {error.Message}");
        throw new SessionFormatException(
            $"{JsonSyntax.Place(input, start)}: {new JsonValue(input, start, input.Length).Kind}; the format {format} wants a list of "
                + "messages or an object that holds one.");
    }

    // A cut element whose role and content did not come through says nothing and would not be valid: it goes.
    private static byte[] CloseTruncated(byte[] original, int start, string[] listNames)
    {
        var closed = TruncatedJson.Close(original, start);
        var root = new JsonValue(closed, start, closed.Length);
        var list = root.IsArray ? root
            : listNames.Select(name => root.Field(Encoding.UTF8.GetBytes(name))).FirstOrDefault(static value => value.IsArray);
        if (!list.IsArray || list.End < closed.Length - 1 || list.Items is not { Count: > 0 } items)
            return closed;
        var last = items[^1];
        var fields = last.Fields;
        var speaks = (fields["role"u8].IsString || fields["type"u8].IsString) && fields.Count > 1;
        return speaks || last.End < list.End - 1 ? closed : TruncatedJson.Close(original.AsSpan(0, last.Start), start);
    }

    private void FindList(string format, string[] listNames, bool allowString)
    {
        if (Root.IsArray)
        {
            List = Root;
            return;
        }

        var fields = Root.Fields;
        foreach (var name in listNames)
        {
            var value = fields[Encoding.UTF8.GetBytes(name)];
            if (!value.Exists)
                continue;
            if (!value.IsArray && !(allowString && value.IsString))
                throw new SessionFormatException(
                    $"{JsonSyntax.Place(Bytes, value.Start)}: {name} is {value.Kind}; the format {format} wants a list there.");
            (List, ListName) = (value, name);
            if (fields.CountOf(Encoding.UTF8.GetBytes(name)) > 1)
                Problems.Add(new FormatProblem(name, "The name stands there more than once; the last one counts."));
            return;
        }

        throw new SessionFormatException(
            $"{(Problems is [var cut, ..] ? $"{cut.Place}: the document ends in the middle, and" : "1:1:")} no \"{listNames[0]}\" was "
                + $"found; the format {format} wants a list of messages there.");
    }

    private void FindElements(bool isValid)
    {
        Elements = List.IsString ? [List] : List.Items;
        for (var i = 0; i < Elements.Count; i++)
        {
            var element = Elements[i];
            var error = isValid ? null : JsonSyntax.FindError(element.Bytes);
            if (error is { } broken)
                Problems.Add(new FormatProblem(
                    PlaceOf(i), $"{JsonSyntax.Place(Bytes, element.Start + broken.Offset)}: not JSON: {broken.Message} Passed over."));
            else if (!element.IsObject && !List.IsString)
                Problems.Add(new FormatProblem(
                    PlaceOf(i), $"{JsonSyntax.Place(Bytes, element.Start)}: {element.Kind} where a message is wanted; passed over."));
            Readable.Add(error is null && (element.IsObject || List.IsString));
        }

        if (Elements.Count > 0 && !Readable.Contains(item: true))
            throw new SessionFormatException($"No message can be read. {Problems[^1].Place}: {Problems[^1].Message}");
    }

    private void ReportOddities((string Message, int Offset)? error, int start)
    {
        if (error is { } broken && !Readable.Contains(item: false))
            Problems.Add(new FormatProblem(
                JsonSyntax.Place(Bytes, start + broken.Offset), $"Not JSON: {broken.Message} What stands around it was read."));
        if (Utf8.IsValid(Bytes))
            return;
        for (var i = 0; i < Elements.Count; i++)
        {
            if (!Utf8.IsValid(Elements[i].Bytes))
                Problems.Add(new FormatProblem(PlaceOf(i), "Bytes that are not UTF-8; read as U+FFFD."));
        }
    }
}

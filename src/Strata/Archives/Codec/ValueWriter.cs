using System.Runtime.InteropServices;
using System.Text.Json;
using Strata.Transcripts;

namespace Strata.Archives.Codec;

/// <summary>Writes arguments and results, whatever a caller put into them.</summary>
/// <remarks>
/// As plain JSON; and where a string holds half a surrogate pair, each value with a tag: .NET's strings and JSON's have different
/// fingerprints then.
/// </remarks>
internal sealed class ValueWriter(JsonSink sink, MessageScrubber scrubber)
{
    public void Arguments(IEnumerable<KeyValuePair<string, object?>> arguments)
    {
        var isTagged = arguments.Any(argument => NeedsTags(argument.Value));
        sink.Name(isTagged ? Names.Tagged : Names.Arguments);
        sink.Object(() =>
        {
            foreach (var (name, value) in arguments)
            {
                sink.Name(name);
                if (isTagged)
                    Tagged(name, value);
                else
                    Plain(name, value);
            }
        });
    }

    public void Result(object result)
    {
        var isTagged = NeedsTags(result);
        sink.Name(isTagged ? Names.Tagged : Names.Value);
        if (isTagged)
            Tagged(null, result);
        else
            Plain(null, result);
    }

    public void Plain(string? name, object? value)
    {
        switch (value)
        {
            case null:
                sink.Raw("null"u8);
                break;
            case string text:
                sink.Text(name is not null && MessageScrubber.IsSigned(name) ? text : scrubber.Scrub(name, text));
                break;
            case JsonElement element:
                Element(name, element);
                break;
            case IEnumerable<KeyValuePair<string, object?>> members:
                sink.Object(() =>
                {
                    foreach (var (inner, member) in members)
                    {
                        sink.Name(inner);
                        Plain(inner, member);
                    }
                });
                break;
            default:
                Element(name, JsonText.ToElement(value));
                break;
        }
    }

    public void Element(string? name, JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
            sink.Raw("null"u8);
        else if (scrubber.IsOn && scrubber.FindsSecret(name, element))
            Rewrite(name, element);
        else
            sink.Raw(JsonMarshal.GetRawUtf8Value(element));
    }

    private void Rewrite(string? name, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                sink.Text(scrubber.Scrub(name, MessageScrubber.TextOf(element)));
                break;
            case JsonValueKind.Array:
                sink.List(() =>
                {
                    foreach (var item in element.EnumerateArray())
                        Rewrite(name, item);
                });
                break;
            case JsonValueKind.Object:
                sink.Object(() =>
                {
                    foreach (var member in element.EnumerateObject())
                    {
                        var inner = MessageScrubber.NameOf(member);
                        sink.RawName(JsonMarshal.GetRawUtf8PropertyName(member));
                        if (MessageScrubber.IsSigned(inner))
                            sink.Raw(JsonMarshal.GetRawUtf8Value(member.Value));
                        else
                            Rewrite(inner, member.Value);
                    }
                });
                break;
            default:
                sink.Raw(JsonMarshal.GetRawUtf8Value(element));
                break;
        }
    }

    private void Tagged(string? name, object? value)
    {
        if (value is null)
        {
            sink.Raw("null"u8);
            return;
        }

        sink.Object(() =>
        {
            if (value is IEnumerable<KeyValuePair<string, object?>> members)
            {
                sink.Name(Names.TagMap);
                sink.Object(() =>
                {
                    foreach (var (inner, member) in members)
                    {
                        sink.Name(inner);
                        Tagged(inner, member);
                    }
                });
                return;
            }

            sink.Name(value is string ? Names.TagString : Names.TagJson);
            Plain(name, value);
        });
    }

    private static bool NeedsTags(object? value) => value switch
    {
        null or string => false,
        JsonElement { ValueKind: JsonValueKind.String } element => MayHoldHalfPair(JsonMarshal.GetRawUtf8Value(element)),
        JsonElement => false,
        IEnumerable<KeyValuePair<string, object?>> members =>
            members.Any(member =>
                HoldsHalfPair(member.Key) || (member.Value is string text && HoldsHalfPair(text)) || NeedsTags(member.Value)),
        _ => JsonText.ToElement(value) is { ValueKind: JsonValueKind.String } element && NeedsTags(element),
    };

    private static bool MayHoldHalfPair(ReadOnlySpan<byte> json) => json.IndexOf("\\ud"u8) >= 0 || json.IndexOf("\\uD"u8) >= 0;

    private static bool HoldsHalfPair(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAnyInRange('\ud800', '\udfff'); at >= 0; at = text.IndexOfAnyInRange('\ud800', '\udfff'))
        {
            if (at + 1 >= text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return true;
            text = text[(at + 2)..];
        }

        return false;
    }
}

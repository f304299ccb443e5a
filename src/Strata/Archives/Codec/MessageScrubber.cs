using System.Text.Json;
using Strata.Formats.Json;

namespace Strata.Archives.Codec;

/// <summary>A text without its secrets, given the name that it stands under.</summary>
internal delegate string Redaction(string? name, string text, out int count);

/// <summary>Takes the secrets out of one message's strings and counts them.</summary>
internal sealed class MessageScrubber(Redaction? redact)
{
    private const string Withheld = "[withheld: this text could not be searched for secrets]";

    public int Count { get; private set; }

    public bool IsOn => redact is not null;

    public string Scrub(string? name, string text)
    {
        var scrubbed = Try(name, text, out var count);
        Count += count;
        return scrubbed;
    }

    public bool FindsSecret(string? name, JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => Try(name, TextOf(element), out var count) is not null && count > 0,
        JsonValueKind.Array => element.EnumerateArray().Any(item => FindsSecret(name, item)),
        JsonValueKind.Object =>
            element.EnumerateObject().Any(member => NameOf(member) is var inner && !IsSigned(inner) && FindsSecret(inner, member.Value)),
        _ => false,
    };

    /// <summary>
    /// Whether what stands under a name is a provider's own seal or media, which look like secrets, and are refused when changed.
    /// </summary>
    public static bool IsSigned(string name) =>
        name is "signature" or "thoughtSignature" or "thought_signature" or "encrypted_content" or "encrypted_index" or "data"
            or "protectedData";

    public static string TextOf(JsonElement element) =>
        JsonStrings.Decode(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element));

    public static string NameOf(JsonProperty member) =>
        JsonStrings.DecodeBody(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8PropertyName(member));

    // The session goes on whatever a redactor does; a text that nobody looked into is not kept.
    private string Try(string? name, string text, out int count)
    {
        count = 0;
        if (redact is null)
            return text;
        try
        {
            return redact(name, text, out count);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            count = 1;
            return Withheld;
        }
    }
}

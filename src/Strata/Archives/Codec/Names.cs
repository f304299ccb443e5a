namespace Strata.Archives.Codec;

/// <summary>Names of members in an archived message: short, as every message repeats them.</summary>
internal static class Names
{
    public const string Role = "role";
    public const string Author = "author";
    public const string Id = "id";
    public const string At = "at";
    public const string Contents = "contents";
    public const string Content = "content";
    public const string Properties = "props";
    public const string Annotations = "notes";

    public const string Text = "text";
    public const string Reasoning = "reasoning";
    public const string Protected = "protected";
    public const string Call = "call";
    public const string Name = "name";
    public const string Informational = "info";
    public const string Arguments = "args";
    public const string Result = "result";
    public const string Value = "value";
    public const string Tagged = "tagged";
    public const string Data = "data";
    public const string MediaType = "type";
    public const string Uri = "uri";
    public const string Kind = "kind";
    public const string Json = "json";
    public const string Raw = "raw";
    public const string Said = "said";

    // In tagged values: a string, JSON as it was, a dictionary.
    public const string TagString = "s";
    public const string TagJson = "j";
    public const string TagMap = "o";
}

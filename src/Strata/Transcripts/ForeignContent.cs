using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>Stands for a content whose own type is not at hand: says what that one said, under its name.</summary>
internal sealed class ForeignContent : AIContent
{
    public ForeignContent(string typeName, string canonical)
    {
        TypeName = typeName;
        Canonical = canonical;
        RawRepresentation = AsJson(canonical);
    }

    public string TypeName { get; }

    /// <summary>Its JSON, or the text that stood for it where it had none.</summary>
    public string Canonical { get; }

    private static object? AsJson(string text)
    {
        try
        {
            return JsonElement.Parse(text, new JsonDocumentOptions { MaxDepth = int.MaxValue });
        }
        catch (Exception e) when (JsonText.CannotBeWritten(e))
        {
            return null;
        }
    }
}

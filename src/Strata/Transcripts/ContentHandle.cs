using Microsoft.Extensions.AI;

namespace Strata.Transcripts;

/// <summary>The handle of one content: the name under which the whole of it is recalled once it was shortened.</summary>
public static class ContentHandle
{
    public static Handle HandleOf(AIContent content)
    {
        ArgumentNullException.ThrowIfNull(content);
        return Handle.Of(CanonicalContent.Of(content));
    }
}

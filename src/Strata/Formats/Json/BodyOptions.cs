using System.Buffers.Text;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>What a body sends beside its messages.</summary>
internal static class BodyOptions
{
    /// <summary>
    /// Null when the body sends nothing of this. The limits are where it may say how many tokens the answer may have; the first that does
    /// counts.
    /// </summary>
    public static ChatOptions? Create(string? instructions, IList<AITool>? tools, params ReadOnlySpan<JsonValue> outputLimits)
    {
        int? limit = null;
        foreach (var value in outputLimits)
        {
            if (limit is null && value.Exists && Utf8Parser.TryParse(value.Bytes, out int tokens, out var read)
                && read == value.Bytes.Length)
                limit = tokens;
        }

        return instructions is null && tools is null && limit is null
            ? null
            : new ChatOptions { Instructions = instructions, Tools = tools, MaxOutputTokens = limit };
    }
}

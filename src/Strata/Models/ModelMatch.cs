using Strata.Formats;
using Strata.Tokens;

namespace Strata.Models;

/// <summary>How a name was resolved, from certain to guessed.</summary>
public enum ModelMatchKind
{
    /// <summary>The name, up to case and separators, is in the catalogue.</summary>
    Exact,

    /// <summary>Provider and name are in the catalogue.</summary>
    ProviderAndId,

    /// <summary>The name differs by a date from one in the catalogue.</summary>
    Dated,

    /// <summary>The name has a suffix (<c>:free</c>, <c>[1m]</c>, a quantization) that one in the catalogue has not.</summary>
    Suffixed,

    /// <summary>Only the family is known.</summary>
    Family,

    /// <summary>Nothing is known: 32 000 tokens.</summary>
    Default,
}

/// <summary>A model and why it was taken for a name.</summary>
/// <param name="Model">The model.</param>
/// <param name="Kind">How sure the match is.</param>
/// <param name="Reason">Plain words for a person, e.g. "gpt-4o-2024-08-06 is a dated name of gpt-4o".</param>
public sealed record ModelMatch(ModelInfo Model, ModelMatchKind Kind, string Reason)
{
    /// <summary>
    /// Whether the vendor takes signed reasoning only behind the very messages that it was made with, so that a rewrite of these
    /// invalidates it. What is not known counts as bound: reasoning that is left out costs quality, reasoning that is refused costs the
    /// call.
    /// </summary>
    /// <param name="signedBy">Whose signatures the conversation holds; null where that is not known.</param>
    public bool BindsReasoning(ReasoningVendor? signedBy)
    {
        if (signedBy == ReasoningVendor.OpenAI)
            return false;
        if (Model.ThinkingBoundToPrefix is { } stated)
            return stated;
        return Kind switch
        {
            ModelMatchKind.Default => true,
            ModelMatchKind.Family => signedBy == ReasoningVendor.Anthropic || IsAnthropic,
            // A row that states nothing is a model from before there was any binding, or one of another vendor.
            _ => signedBy == ReasoningVendor.Anthropic && !IsAnthropic,
        };
    }

    private bool IsAnthropic => ReferenceEquals(RequestFraming.Find(Model.Framing), RequestFraming.Anthropic);
}

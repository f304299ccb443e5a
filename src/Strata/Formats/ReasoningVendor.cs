namespace Strata.Formats;

/// <summary>A vendor that signs or encrypts the reasoning of its models. Only the vendor itself takes such reasoning back.</summary>
public enum ReasoningVendor
{
    /// <summary>Signed <c>thinking</c> blocks of Claude models.</summary>
    Anthropic,

    /// <summary>Encrypted <c>reasoning</c> items of the Responses API.</summary>
    OpenAI,
}

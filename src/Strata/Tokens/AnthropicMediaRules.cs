namespace Strata.Tokens;

/// <summary>
/// An image is scaled down to 1 568 px on its long side and to about 1 600 tokens; (width × height) / 750 of what is left.
/// </summary>
internal sealed class AnthropicMediaRules : MediaRules
{
    private const int Most = 1600;

    public override int Image(int? width, int? height, bool lowDetail = false)
    {
        if (width is not > 0 || height is not > 0)
            return Most;
        var scale = Math.Min(1, 1568d / Math.Max(width.Value, height.Value));
        return Math.Clamp(Ceiling(width.Value * scale * height.Value * scale / 750), 1, Most);
    }

    /// <summary>"1 500–3 000 tokens per page" of text and the picture of the page (1 224 × 1 584 px at most: the cap).</summary>
    public override int Pdf(int pages) => pages * (2250 + Most);

    /// <summary>No model takes audio; what a client would send is a transcript at about four tokens a second.</summary>
    public override int Audio(int seconds) => seconds * 4;

    /// <summary>No model takes video; a client would send frames at one a second.</summary>
    public override int Video(int seconds) => seconds * Most;
}

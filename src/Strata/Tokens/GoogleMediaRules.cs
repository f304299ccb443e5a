namespace Strata.Tokens;

/// <summary>
/// 258 tokens for an image of at most 384 px on both sides, otherwise 258 for each tile of 768 px; fixed rates for the rest.
/// </summary>
internal sealed class GoogleMediaRules : MediaRules
{
    private const int PerTile = 258;

    /// <summary>A picture of 3 072 px on both sides, the largest that is not scaled down.</summary>
    private const int MostTiles = 16;

    public override int Image(int? width, int? height, bool lowDetail = false)
    {
        if (width is not > 0 || height is not > 0)
            return MostTiles * PerTile;
        if (width <= 384 && height <= 384)
            return PerTile;
        return (int)Math.Min(MostTiles, (width.Value + 767L) / 768 * ((height.Value + 767L) / 768)) * PerTile;
    }

    public override int Pdf(int pages) => pages * PerTile;

    public override int Audio(int seconds) => seconds * 32;

    public override int Video(int seconds) => seconds * 263;
}

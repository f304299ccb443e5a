namespace Strata.Tokens;

/// <summary>What OpenAI models share.</summary>
internal abstract class OpenAIMediaRules : MediaRules
{
    /// <summary>A full page of text; OpenAI sends both the text and the picture of each page.</summary>
    private const int TextPerPage = 800;

    public override int Pdf(int pages) => pages * (Image(1024, 1325) + TextPerPage);

    /// <summary>gpt-4o-audio: 10 tokens a second of input ("1 token per 100 ms").</summary>
    public override int Audio(int seconds) => seconds * 10;

    /// <summary>No model takes video; clients send frames, at one a second.</summary>
    public override int Video(int seconds) => seconds * Image(512, 512, lowDetail: true);
}

/// <summary>
/// The image is scaled to fit 2 048 px, then its shorter side to at most 768 px; each 512 px tile it touches costs
/// <paramref name="perTile"/>.
/// </summary>
internal sealed class OpenAITileRules(int basis, int perTile) : OpenAIMediaRules
{
    /// <summary>768 × 2 048 px: no image touches more tiles.</summary>
    private const int MostTiles = 8;

    public override int Image(int? width, int? height, bool lowDetail = false)
    {
        if (lowDetail)
            return basis;
        if (width is not > 0 || height is not > 0)
            return basis + MostTiles * perTile;

        var scale = Math.Min(1, 2048d / Math.Max(width.Value, height.Value));
        scale = Math.Min(scale, 768d / Math.Min(width.Value, height.Value));
        return basis + Tiles(width.Value * scale) * Tiles(height.Value * scale) * perTile;
    }

    private static int Tiles(double pixels) => Math.Max(1, Ceiling(pixels / 512));
}

/// <summary>Patches of 32 px; an image of more than 1 536 is scaled down until it has no more. The factor is in hundredths.</summary>
internal sealed class OpenAIPatchRules(int hundredths) : OpenAIMediaRules
{
    private const int MostPatches = 1536;

    public override int Image(int? width, int? height, bool lowDetail = false)
    {
        var patches = width is > 0 && height is > 0
            ? Math.Min(MostPatches, (width.Value + 31L) / 32 * ((height.Value + 31L) / 32))
            : MostPatches;
        return (int)((patches * hundredths + 99) / 100);
    }
}

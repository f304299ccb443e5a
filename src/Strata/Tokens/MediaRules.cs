namespace Strata.Tokens;

/// <summary>What a vendor charges for media, in tokens. docs/tokens.md names the page each number comes from.</summary>
public abstract class MediaRules
{
    private protected MediaRules()
    {
    }

    /// <summary>Tiles of 512 px: 85 + 170 a tile, 85 at low detail (GPT-4o, GPT-4.1, GPT-5).</summary>
    public static MediaRules OpenAI { get; } = new OpenAITileRules(85, 170);

    /// <summary>(width × height) / 750, at most 1 600.</summary>
    public static MediaRules Anthropic { get; } = new AnthropicMediaRules();

    /// <summary>
    /// 258 for a small image, otherwise for each tile of 768 px; 32 a second of audio, 263 a second of video, 258 a page.
    /// </summary>
    public static MediaRules Google { get; } = new GoogleMediaRules();

    /// <summary>Media are free: for counting text alone.</summary>
    public static MediaRules None { get; } = new NoMediaRules();

    /// <summary>GPT-4o mini counts the tiles of GPT-4o at 33.3 times the price.</summary>
    internal static MediaRules OpenAI4oMini { get; } = new OpenAITileRules(2833, 5667);

    /// <summary>Patches of 32 px, at most 1 536, times a factor of the model (minis 1.62, nanos 2.46, o4-mini 1.72).</summary>
    /// <param name="hundredths">The factor in hundredths.</param>
    internal static MediaRules OpenAIPatches(int hundredths) => new OpenAIPatchRules(hundredths);

    /// <summary>An image.</summary>
    /// <param name="width">Pixels, or null when unknown: then the most expensive image.</param>
    /// <param name="height">Pixels, or null when unknown.</param>
    /// <param name="lowDetail">The caller asked for the cheap rendition; vendors without one ignore it.</param>
    public abstract int Image(int? width, int? height, bool lowDetail = false);

    /// <summary>What the pages cost as pictures, together with the text that vendors extract from them.</summary>
    public abstract int Pdf(int pages);

    public abstract int Audio(int seconds);

    public abstract int Video(int seconds);

    private protected static int Ceiling(double value) => (int)Math.Ceiling(value - 1e-9);

    private sealed class NoMediaRules : MediaRules
    {
        public override int Image(int? width, int? height, bool lowDetail = false) => 0;

        public override int Pdf(int pages) => 0;

        public override int Audio(int seconds) => 0;

        public override int Video(int seconds) => 0;
    }
}

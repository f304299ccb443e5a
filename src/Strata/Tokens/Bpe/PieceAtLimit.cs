namespace Strata.Tokens.Bpe;

/// <summary>The piece with which a number of tokens is exceeded; all positions are bytes of the window.</summary>
/// <param name="PreviousStart">Where the piece before it starts.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="TokensBeforePrevious">The tokens up to <paramref name="PreviousStart"/>.</param>
/// <param name="TokensBefore">The tokens up to <paramref name="Start"/>.</param>
/// <param name="Tokens">Its own.</param>
internal readonly record struct PieceAtLimit(
    int PreviousStart, int Start, int End, long TokensBeforePrevious, long TokensBefore, int Tokens);

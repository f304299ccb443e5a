namespace Strata.Text.Languages;

/// <summary>A place in a sentence where a cue of a kind stands whose place matters.</summary>
internal readonly record struct CueHit(CueKind Kind, int Start, int End)
{
    /// <summary>The kinds whose places are told; of the others it is enough to know that they are there.</summary>
    public const CueKind Kept = CueKind.Switch | CueKind.Change | CueKind.Firmness | CueKind.Dismissal;
}

namespace Strata.Transcripts.Pairs;

/// <summary>What a content is to a pair.</summary>
internal enum PairSide
{
    /// <summary>Opens a pair: a call, a request for approval.</summary>
    Call,

    /// <summary>Closes the pair that has its id.</summary>
    Result,

    /// <summary>Belongs to the pair that has its id and neither opens nor closes it: a call that code of another call made.</summary>
    Part,
}

/// <summary>One content's place in one pair.</summary>
/// <param name="Space">Which ids are compared with each other: two kinds of pairs may use the same id.</param>
/// <param name="Id">The id of the pair; empty where the vendor gives none and the newest open pair of the space is meant.</param>
/// <param name="Side">What the content is to the pair.</param>
internal readonly record struct PairEnd(string Space, string Id, PairSide Side)
{
    /// <summary>What the two ends of a pair have in common.</summary>
    public (string Space, string Id) Key => (Space, Id);
}

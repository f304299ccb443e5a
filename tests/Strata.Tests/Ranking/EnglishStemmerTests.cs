using Strata.Ranking.Lexical;

namespace Strata.Tests.Ranking;

public sealed class EnglishStemmerTests
{
    // From Porter's paper.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("agreed", "agre")]
    [InlineData("plastered", "plaster")]
    [InlineData("motoring", "motor")]
    [InlineData("sing", "sing")]
    [InlineData("conflated", "conflat")]
    [InlineData("hopping", "hop")]
    [InlineData("falling", "fall")]
    [InlineData("filing", "file")]
    [InlineData("happy", "happi")]
    [InlineData("sky", "sky")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("hopefulness", "hope")]
    [InlineData("triplicate", "triplic")]
    [InlineData("electriciti", "electr")]
    [InlineData("adjustment", "adjust")]
    [InlineData("adoption", "adopt")]
    [InlineData("probate", "probat")]
    [InlineData("cease", "ceas")]
    [InlineData("controll", "control")]
    [InlineData("generalizations", "gener")]
    [InlineData("is", "is")]
    public void Stem_Word_IsPorters(string word, string stem)
    {
        var chars = word.ToCharArray();

        new string(chars, 0, EnglishStemmer.Stem(chars)).ShouldBe(stem);
    }
}

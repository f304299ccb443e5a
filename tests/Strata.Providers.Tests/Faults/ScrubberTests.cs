using Strata.Providers.Faults;

namespace Strata.Providers.Tests.Faults;

public sealed class ScrubberTests
{
    [Theory]
    [InlineData("Incorrect API key provided: sk-proj-abcdefgh. See docs.", "Incorrect API key provided: [key]. See docs.")]
    [InlineData("header Authorization: Bearer abc.def.ghi was\n refused", "header Authorization: [key] was refused")]
    [InlineData("unknown key: hunter2secret!", "unknown key: [key]!")]
    [InlineData("key hunt****cret", "key [key]****[key]")]
    public void Clean_Keys_AreTakenOut(string said, string clean) => Scrubber.Clean(said, "hunter2secret", []).ShouldBe(clean);

    [Fact]
    public void Clean_PassagesOfWhatWasSent_AreTakenOut()
    {
        var said = "value error in 'the patient suffers from gout since May' at position 3";
        Scrubber.Clean(said, null, ["Note that the patient suffers from gout since May, says the doctor."])
            .ShouldBe("value error in '…' at position 3");
    }

    [Fact]
    public void Clean_LongWords_AreCutBetweenCharacters()
    {
        var clean = Scrubber.Clean(new string('x', 199) + "🥐" + new string('y', 900), null, []);
        clean.ShouldBe(new string('x', 199) + "…");
    }
}

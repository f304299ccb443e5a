using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tests.Transcripts;

public sealed class HandleTests
{
    [Fact]
    public void TryParse_ItsOwnText_GivesTheHandle()
    {
        var handle = AnyHandle();
        Handle.TryParse(handle.ToString(), out var parsed).ShouldBeTrue();
        parsed.ShouldBe(handle);
    }

    [Theory]
    [InlineData("0o1ilabcdefg")]
    [InlineData("00111ABCDEFG")]
    public void TryParse_LookAlikesAndUpperCase_AreUnderstood(string typed)
    {
        Handle.TryParse(typed, out var handle).ShouldBeTrue();
        handle.ToString().ShouldBe("00111abcdefg");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    [InlineData("0123456789abc")]
    [InlineData("0123456789u-")]
    public void TryParse_AnythingElse_IsRefused(string? typed) => Handle.TryParse(typed, out _).ShouldBeFalse();

    [Fact]
    public void Handle_OfTheSameContentElsewhere_IsTheSame()
    {
        var one = Transcript.Create([new ChatMessage(ChatRole.User, "same")]);
        var other = Transcript.Create([new ChatMessage(ChatRole.Assistant, "first"), new ChatMessage(ChatRole.User, "same")]);
        other.Groups[1].Handle.ShouldBe(one.Groups[0].Handle);
    }

    private static Handle AnyHandle() => Transcript.Create([new ChatMessage(ChatRole.User, "text")]).Groups[0].Handle;
}

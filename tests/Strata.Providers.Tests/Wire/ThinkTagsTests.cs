using Microsoft.Extensions.AI;
using Strata.Providers.Wire;

namespace Strata.Providers.Tests.Wire;

public sealed class ThinkTagsTests
{
    [Theory]
    [InlineData("<think>Hm, 5 < 7.</think>\n\nAn answer.", "Hm, 5 < 7.", "An answer.")]
    [InlineData("\n<think></think>An answer.", "", "An answer.")]
    [InlineData("<think>Never ends </thin", "Never ends </thin", "")]
    [InlineData("<thin air> is no tag", "", "<thin air> is no tag")]
    [InlineData("An answer about <think>tags</think>.", "", "An answer about <think>tags</think>.")]
    [InlineData("<thi", "", "<thi")]
    [InlineData("", "", "")]
    public void Add_TextCutAnywhere_SeparatesTheSame(string text, string thinking, string answer)
    {
        for (var first = 0; first <= text.Length; first++)
        {
            for (var second = first; second <= text.Length; second++)
            {
                var tags = new ThinkTags();
                List<AIContent> contents = [.. tags.Add(text[..first]), .. tags.Add(text[first..second]), .. tags.Add(text[second..]), .. tags.End()];
                string.Concat(contents.OfType<TextReasoningContent>().Select(content => content.Text)).ShouldBe(thinking);
                string.Concat(contents.OfType<TextContent>().Select(content => content.Text)).TrimStart('\n').ShouldBe(answer);
            }
        }
    }
}

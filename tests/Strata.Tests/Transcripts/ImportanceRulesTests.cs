using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tests.Transcripts;

public sealed class ImportanceRulesTests
{
    [Theory]
    [InlineData("thanks!", Importance.Trivial)]
    [InlineData("ok, go on", Importance.Trivial)]
    [InlineData("yes please", Importance.Trivial)]
    [InlineData("继续", Importance.Trivial)]
    [InlineData("danke", Importance.Trivial)]
    [InlineData("<system-reminder>be brief</system-reminder>", Importance.Trivial)]
    [InlineData("Fix the failing test in ParserTests.cs", Importance.Instruction)]
    [InlineData("no, that is wrong: the limit is 40", Importance.Instruction)]
    [InlineData("Let's use PostgreSQL instead of SQLite for this.", Importance.Decision)]
    [InlineData("我们决定使用 PostgreSQL", Importance.Decision)]
    public void Of_UserMessage_IsGradedByWhatItSays(string text, Importance expected) =>
        Transcript.Create([new ChatMessage(ChatRole.User, text)]).Groups[0].Importance.ShouldBe(expected);

    [Theory]
    [InlineData("You're welcome!", Importance.Trivial)]
    [InlineData("The build failed: CS0246 in Program.cs, the type is missing.", Importance.Error)]
    [InlineData("I decided to keep the old API because callers depend on it.", Importance.Decision)]
    [InlineData("The parser now reads both forms and the tests cover the empty list, a single element and nested lists.", Importance.Work)]
    public void Of_AssistantMessage_IsGradedByWhatItSays(string text, Importance expected) =>
        Transcript.Create([new ChatMessage(ChatRole.Assistant, text)]).Groups[0].Importance.ShouldBe(expected);

    [Theory]
    [InlineData("error CS0103: The name 'x' does not exist", true)]
    [InlineData("Ran 4 tests\n3 passed, 1 failed", true)]
    [InlineData("Process exited with code 2", true)]
    [InlineData("bash: foo: command not found", true)]
    [InlineData("Exit code: 0\nall good", false)]
    [InlineData("public class ErrorHandler { }", false)]
    [InlineData("Program.cs(3,5): error CS0246: The type is missing", true)]
    [InlineData("Tests.Failed_Result_IsTold(text: \"error CS0103: no name\", failed: True) [FINISHED]\nTotal: 131, Failed: 0", false)]
    [InlineData("42 passed, 0 failed", false)]
    public void Failed_ToolResult_IsToldFromItsText(string text, bool failed) =>
        ImportanceRules.Failed(new FunctionResultContent("a", text)).ShouldBe(failed);
}

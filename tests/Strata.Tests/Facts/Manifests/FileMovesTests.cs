using Strata.Facts.Manifests;

namespace Strata.Tests.Facts.Manifests;

public sealed class FileMovesTests
{
    [Theory]
    [InlineData("mv a.cs b.cs", "a.cs→b.cs")]
    [InlineData("cd src && git mv -f Old/a.cs New/ 2>/dev/null", "Old/a.cs→New/a.cs")]
    [InlineData("mv utils/config.ts .", "utils/config.ts→config.ts")]
    [InlineData("mv a.cs ..", "")]
    [InlineData("rm -f a.cs 'b.cs'; ls", "a.cs→ b.cs→")]
    [InlineData("mv a.cs b.cs c/", "")]
    [InlineData("grep mv a.cs", "")]
    [InlineData("git commit -m 'first; rm a.cs'", "")]
    public void In_Command_FindsWhatMoved(string command, string moves) =>
        string.Join(' ', FileMoves.In(ShellCommand.Parts(command)).Select(move => $"{move.From}→{move.To}")).ShouldBe(moves);
}

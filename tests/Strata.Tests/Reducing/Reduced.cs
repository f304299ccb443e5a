using Strata.Reducing;

namespace Strata.Tests.Reducing;

internal static class Reduced
{
    /// <summary>The natural size of a text that must be taken by the reducer of <paramref name="kind"/>.</summary>
    public static string As(string kind, string text, string? command = null)
    {
        var found = Reducers.Find(new ToolOutput(text, "Bash", command));
        found.ShouldNotBeNull().Reducer.Kind.ShouldBe(kind);
        return found.Value.Natural;
    }

    public static string Lines(int count, Func<int, string> line) => string.Join('\n', Enumerable.Range(0, count).Select(line));
}

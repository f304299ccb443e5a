using Strata.Formats;
using Strata.Tests.Contracts;

namespace Strata.Tests.Formats.Gemini;

public sealed class GeminiContractTests : SessionFormatContract
{
    protected override ISessionFormat Format => SessionFormats.Find("gemini-cli")!;

    protected override IReadOnlyList<string> Fixtures => ["gemini.jsonl", "gemini-compressed.jsonl"];

    protected override void Check(byte[] before, byte[] after)
    {
        // No line is cut, and what is no message stays.
        var lines = System.Text.Encoding.UTF8.GetString(after).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var line in lines)
            Json.BodyTesting.Parse(line);
        lines.Count(static line => line.Contains("\"projectHash\"", StringComparison.Ordinal)).ShouldBe(1);
    }
}

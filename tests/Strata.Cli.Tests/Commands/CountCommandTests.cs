using System.Text;
using System.Text.Json;
using Strata.Cli.Tests.Support;

namespace Strata.Cli.Tests.Commands;

public sealed class CountCommandTests
{
    [Fact]
    public async Task Count_Session_ShowsKindsAndRoles()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("count", cli.Session(), "--model", "gpt-4o")).ShouldExitWith(0).Output.ShouldLookLike("count");
    }

    [Fact]
    public async Task Count_Json_KindsAndRolesAddUp()
    {
        using var cli = new Support.Cli();

        var json = JsonDocument.Parse((await cli.RunAsync("count", cli.Session(), "--json")).Output).RootElement;

        var tokens = json.GetProperty("tokens").GetInt32();
        json.GetProperty("kinds").EnumerateObject().Sum(kind => kind.Value.GetInt32()).ShouldBe(tokens);
        json.GetProperty("roles").EnumerateArray().Sum(role => role.GetProperty("tokens").GetInt32())
            .ShouldBe(tokens - json.GetProperty("kinds").GetProperty("request").GetInt32());
        foreach (var name in new[] { "window", "threshold", "target" })
            json.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Number, name);
    }

    [Fact]
    public async Task Count_AFileThatRecordsUsageAndWindow_StatesBoth()
    {
        using var cli = new Support.Cli();
        var file = cli.Write("rollout.jsonl", Rollout(recorded: 41_000, window: 50_000));

        var json = JsonDocument.Parse((await cli.RunAsync("count", file, "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("recorded").GetInt32().ShouldBe(41_000);
        json.GetProperty("window").GetInt32().ShouldBe(50_000);
        (await cli.RunAsync("count", file)).Output.ShouldContain("41,000 input tokens recorded in the file for its last request");
    }

    [Theory]
    [InlineData(41_000, true)]
    [InlineData(9_000, false)]
    public async Task Plan_RecordedAboveTheThreshold_IsDue(int recorded, bool due)
    {
        using var cli = new Support.Cli();

        var json = JsonDocument.Parse((await cli.RunAsync(
            "plan", cli.Write("rollout.jsonl", Rollout(recorded, window: 50_000)), "--json")).Output).RootElement;

        json.GetProperty("due").GetBoolean().ShouldBe(due);
        json.GetProperty("notes").EnumerateArray()
            .Count(note => note.GetString()!.Contains("above the threshold", StringComparison.Ordinal))
            .ShouldBe(due ? 1 : 0);
    }

    [Fact]
    public async Task Count_EncryptedContent_IsNotCalledExact()
    {
        using var cli = new Support.Cli();
        var body = $$"""
            {"model":"gpt-5","input":[{"role":"user","content":"Sort the crates."},
            {"type":"compaction","id":"cmp_1","encrypted_content":"{{new string('q', 16_000)}}"}]}
            """;

        var json = JsonDocument.Parse((await cli.RunAsync("count", cli.Write("body.json", body), "--json")).Output).RootElement;

        json.GetProperty("tokens").GetInt32().ShouldBeInRange(3_000, 3_060);
        json.GetProperty("counter").GetProperty("exact").GetBoolean().ShouldBeFalse();
    }

    private static string Rollout(int recorded, int window)
    {
        var lines = new StringBuilder();
        for (var i = 0; i < 60; i++)
        {
            var role = i % 2 == 0 ? "user" : "assistant";
            var type = i % 2 == 0 ? "input_text" : "output_text";
            lines.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{{\"type\":\"response_item\",\"payload\":{{\"type\":\"message\",\"role\":\"{role}\",\"content\":[{{\"type\":\"{type}\",")
                .Append(System.Globalization.CultureInfo.InvariantCulture,
                    $"\"text\":\"Crate {i}: {string.Join(' ', Enumerable.Range(i, 60).Select(n => $"apples {n * 7919}"))}\"}}]}}}}\n");
        }

        return lines.Append(System.Globalization.CultureInfo.InvariantCulture,
            $"{{\"type\":\"event_msg\",\"payload\":{{\"type\":\"token_count\",\"info\":{{\"last_token_usage\":{{\"input_tokens\":"
                + $"{recorded}}},")
            .Append(System.Globalization.CultureInfo.InvariantCulture, $"\"model_context_window\":{window}}}}}}}\n").ToString();
    }

    [Fact]
    public async Task Count_PlainText_IsExact()
    {
        using var cli = new Support.Cli { Input = Encoding.UTF8.GetBytes("hello world") };

        var json =
            JsonDocument.Parse((await cli.RunAsync("count", "-", "--format", "text", "--json")).ShouldExitWith(0).Output).RootElement;

        json.GetProperty("tokens").GetInt32().ShouldBe(2);
        json.GetProperty("counter").GetProperty("name").GetString().ShouldBe("o200k_base");
    }

    [Fact]
    public async Task Count_PlainTextForAModel_UsesItsTokenizerAndWindow()
    {
        using var cli = new Support.Cli { Input = Encoding.UTF8.GetBytes("hello world") };

        var result = (await cli.RunAsync("count", "-", "--format", "text", "--model", "gpt-4")).ShouldExitWith(0);

        result.Output.ShouldBe(
            "2 tokens  exact, counted with cl100k_base\n<0.1% of the window of gpt-4 (8,192), <0.1% of the threshold (5,160)\n");
    }

    [Fact]
    public async Task Count_ProseWithoutFormat_TellsTheWayOut()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("count", cli.Write("notes.txt", "hello"))).ShouldExitWith(2).Error.ShouldContain("--format text");
    }

    [Fact]
    public async Task Count_OverriddenModels_Win()
    {
        using var cli = new Support.Cli();
        var models = cli.Write("models.json", """{"models":[{"id":"claude-opus-4-5","context":50000}]}""");

        var json = JsonDocument.Parse((await cli.RunAsync("count", cli.Session(), "--models", models, "--json"))
            .ShouldExitWith(0).Output).RootElement;

        json.GetProperty("window").GetInt32().ShouldBe(50_000);
    }

    [Fact]
    public async Task Count_BrokenModelsFile_NamesIt()
    {
        using var cli = new Support.Cli();

        (await cli.RunAsync("count", cli.Session(), "--models", cli.Write("models.json", "{"))).ShouldExitWith(2).Error
            .ShouldStartWith("strata: models.json: ");
    }
}

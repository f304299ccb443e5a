using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Tests.Contracts;
using static Strata.Tests.Formats.Json.BodyTesting;

namespace Strata.Tests.Formats.Json;

/// <summary>Real sessions, read from the folder that STRATA_DATA names.</summary>
public sealed class BodyDataTests(ITestOutputHelper output)
{
    private const string Name = "openai-chat";

    [Fact]
    public void Detect_RealSessions_OpenAIChat()
    {
        foreach (var (name, bytes) in Sessions())
            SessionFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, SessionFormats.HeadLength)))?.Name.ShouldBe(Name, name);
    }

    [Fact]
    public void Write_RealSessionsUnchanged_SameBytes()
    {
        var (sessions, messages, size) = (0, 0, 0L);
        foreach (var (name, bytes) in Sessions())
        {
            var document = Read(Name, bytes);
            document.Problems.ShouldBeEmpty(name);
            WriteBytes(Name, document, All(document)).AsSpan().SequenceEqual(bytes).ShouldBeTrue(name);
            (sessions, messages, size) = (sessions + 1, messages + document.Messages.Count, size + bytes.Length);
        }

        output.WriteLine($"{sessions} sessions, {messages} messages, {size} bytes");
    }

    [Fact]
    public void Write_RealSessionsCutAtRandom_ReadBackAsMeantAndValid()
    {
        var (cuts, valid) = (0, 0);
        foreach (var (name, bytes) in Sessions())
        {
            var document = Read(Name, bytes);
            var isValid = IsValid(bytes);
            for (var seed = 0; seed < 5; seed++)
            {
                var outgoing = SessionFixture.RandomCut(document, new Random(seed), "[summary]", Shorten);
                var written = WriteBytes(Name, document, outgoing);
                var again = Read(Name, written);
                Same(SessionFixture.Canonical(again.Messages), SessionFixture.Canonical(outgoing.Select(static message => message.Message)),
                    $"{name}, seed {seed}");
                if (isValid)
                    VendorRules.Check(Name, written);
                (cuts, valid) = (cuts + 1, valid + (isValid ? 1 : 0));
            }
        }

        output.WriteLine($"{cuts} cuts, {valid} of sessions that were valid themselves");
    }

    [Theory]
    [InlineData("anthropic")]
    [InlineData("ollama")]
    [InlineData("openai-responses")]
    public void Write_RealSessionsConvertedAndBack_KeepTextsCallsAndResults(string format)
    {
        var (texts, calls, results) = (0, 0, 0);
        foreach (var (name, bytes) in Sessions())
        {
            var document = Read(Name, bytes);
            var there = WriteBytes(format, document, All(document));
            VendorRules.Check(format, there);
            if (Calls(document).Count > 0)
                SessionFormats.Detect(there.AsSpan(0, Math.Min(there.Length, SessionFormats.HeadLength)))?.Name.ShouldBe(format, name);
            var other = Read(format, there);
            other.Problems.ShouldBeEmpty(name);
            var back = WriteBytes(Name, other, All(other));
            VendorRules.Check(Name, back);
            var again = Read(Name, back);
            Same(Texts(again), Texts(document), name);
            Same(Calls(again), Calls(document), name);
            Same(Results(again), Results(document), name);
            (texts, calls, results) = (texts + Texts(again).Count, calls + Calls(again).Count, results + Results(again).Count);
        }

        output.WriteLine($"{format}: {texts} texts, {calls} calls, {results} results");
    }

    // The first difference alone: whole sessions do not fit a test report.
    private static void Same(IReadOnlyList<string> actual, IReadOnlyList<string> expected, string name)
    {
        var difference = Enumerable.Range(0, Math.Min(actual.Count, expected.Count))
            .FirstOrDefault(i => !string.Equals(actual[i], expected[i], StringComparison.Ordinal), -1);
        if (difference >= 0)
            actual[difference].ShouldBe(expected[difference], $"{name}, {difference}");
        actual.Count.ShouldBe(expected.Count, name);
    }

    private static List<string> Texts(SessionDocument document) =>
        [.. document.Messages.SelectMany(static message =>
            message.Contents.OfType<TextContent>().Select(text => $"{message.Role}: {text.Text}"))
            .Where(static text => !string.IsNullOrWhiteSpace(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]))];

    private static List<string> Calls(SessionDocument document) =>
        [.. document.Messages.SelectMany(static message => message.Contents.OfType<FunctionCallContent>())
            .Select(static call => $"{Id(call.CallId)} {call.Name} "
                + $"{JsonSerializer.Serialize(call.Arguments ?? new Dictionary<string, object?>(StringComparer.Ordinal))}")];

    private static List<string> Results(SessionDocument document) =>
        [.. document.Messages.SelectMany(static message => message.Contents.OfType<FunctionResultContent>())
            .Where(static result => result.Result is not "[no result was recorded]")
            .Select(static result => $"{Id(result.CallId)} {result.Result}").Order(StringComparer.Ordinal)];

    // Two of the sessions use a call id again, which Anthropic refuses: it was numbered.
    private static string Id(string callId) =>
        callId.StartsWith("call_", StringComparison.Ordinal) ? string.Join('_', callId.Split('_').Take(2)) : callId;

    // Some sessions hold calls that never got a result; what is left alone stays as it is.
    private static bool IsValid(byte[] session)
    {
        try
        {
            VendorRules.Check(Name, session);
            return true;
        }
        catch (ShouldAssertException)
        {
            return false;
        }
    }

    private static ChatMessage? Shorten(ChatMessage message) =>
        message.Contents is [FunctionResultContent result]
            ? new ChatMessage(message.Role, [new FunctionResultContent(result.CallId, "short")]) : null;

    private static IEnumerable<(string Name, byte[] Bytes)> Sessions()
    {
        var root = Environment.GetEnvironmentVariable("STRATA_DATA");
        if (string.IsNullOrEmpty(root))
            Assert.Skip("STRATA_DATA is not set.");
        foreach (var folder in Directory.GetDirectories(root!).Select(static folder => Path.Combine(folder, "openai_messages"))
            .Where(Directory.Exists))
        {
            foreach (var file in Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal))
                yield return (Path.GetFileName(file), File.ReadAllBytes(file));
        }

        var airline = Path.Combine(root!, "tau_bench_airline", "gpt-4o-airline.json");
        var runs = JsonElement.Parse(File.ReadAllBytes(airline)).EnumerateArray().ToList();
        for (var i = 0; i < runs.Count; i++)
            yield return ($"airline {i}", Bytes(runs[i].GetProperty("traj").GetRawText()));
    }
}

using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace Strata.Tests.Properties;

/// <summary>
/// Generated conversations as the JSON that vendors take: tools of the server and of the client, approvals, searches, code that calls.
/// </summary>
internal static class VendorConversations
{
    public static Arbitrary<VendorStep[]> Steps()
    {
        var step = Gen.Choose(0, (int)VendorStepKind.Reference).SelectMany(
            kind => Gen.Frequency((5, Gen.Choose(0, 30)), (2, Gen.Choose(30, 300)), (1, Gen.Choose(300, 900))),
            (kind, size) => new VendorStep((VendorStepKind)kind, size));
        return Arb.From(Gen.Sized(size => Gen.Choose(1, Math.Max(2, size)).SelectMany(length => step.ArrayOf(length))), Shrink);
    }

    /// <summary>A session in <paramref name="format"/>: a request body, or a rollout of Codex.</summary>
    public static string Write(string format, VendorStep[] steps)
    {
        var items = new JsonArray { Message(format, "user", "Sort the parcels by zone and never write to zone 7.") };
        for (var n = 0; n < steps.Length; n++)
        {
            foreach (var item in format == "anthropic" ? AnthropicSteps.Of(steps[n], n) : OpenAISteps.Of(steps[n], n))
                items.Add(item);
        }

        if (format == "codex")
            return string.Join(
                '\n', items.Select(Line)
                    .Prepend("""{"timestamp":"2026-09-01T09:00:00.000Z","type":"session_meta","payload":{"id":"4310e3e7"}}"""));
        return format == "anthropic"
            ? new JsonObject { ["model"] = "claude-opus-4-5", ["max_tokens"] = 4096, ["messages"] = items }.ToJsonString()
            : new JsonObject { ["model"] = "gpt-5.2", ["input"] = items }.ToJsonString();
    }

    public static JsonObject Message(string format, string role, string text) => format == "anthropic"
        ? new JsonObject { ["role"] = role, ["content"] = text }
        : new JsonObject
        {
            ["type"] = "message",
            ["role"] = role,
            ["content"] = new JsonArray(new JsonObject { ["type"] = role == "user" ? "input_text" : "output_text", ["text"] = text }),
        };

    public static string Words(int count, int seed)
    {
        string[] vocabulary = ["parcel", "zone", "depot", "error", "weighs", "the", "12 kg,", "label\n", "null", "is", "late."];
        return string.Join(
            ' ', Enumerable.Range(0, count + 1).Select(i => vocabulary[((i * 7) + (seed * 3) + (i / 5)) % vocabulary.Length]));
    }

    private static string Line(JsonNode? item) =>
        new JsonObject { ["timestamp"] = "2026-09-01T09:00:01.000Z", ["type"] = "response_item", ["payload"] = item!.DeepClone() }
            .ToJsonString();

    private static IEnumerable<VendorStep[]> Shrink(VendorStep[] steps)
    {
        for (var i = 0; i < steps.Length; i++)
            yield return [.. steps[..i], .. steps[(i + 1)..]];
        for (var i = 0; i < steps.Length; i++)
        {
            if (steps[i].Size > 0)
                yield return [.. steps[..i], steps[i] with { Size = steps[i].Size / 2 }, .. steps[(i + 1)..]];
        }
    }
}

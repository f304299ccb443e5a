using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Providers.Wire;

namespace Strata.Providers.OpenAICompatible;

/// <summary>Puts together tool calls that come in pieces.</summary>
internal sealed class OpenAIToolCalls
{
    private readonly SortedDictionary<long, Call> _calls = [];

    public void Add(IEnumerable<JsonElement> pieces)
    {
        foreach (var piece in pieces)
        {
            var index = piece.Number("index") ?? _calls.Count;
            if (!_calls.TryGetValue(index, out var call))
                _calls[index] = call = new();
            call.Id ??= piece.Text("id");
            call.Name ??= piece.Object("function")?.Text("name");
            call.Arguments.Append(piece.Object("function")?.Text("arguments"));
        }
    }

    public IEnumerable<AIContent> Contents() => _calls.Select(static pair => FunctionCallContent.CreateFromParsedArguments(
        pair.Value.Arguments.ToString(), pair.Value.Id ?? $"call_{pair.Key}", pair.Value.Name ?? "", static json => json.Length == 0
            ? null
            : JsonDocument.Parse(json).RootElement.EnumerateObject()
                .ToDictionary(static member => member.Name, static member => (object?)member.Value, StringComparer.Ordinal)));

    private sealed class Call
    {
        public string? Id { get; set; }

        public string? Name { get; set; }

        public StringBuilder Arguments { get; } = new();
    }
}

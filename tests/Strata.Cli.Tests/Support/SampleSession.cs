using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Strata.Cli.Tests.Support;

/// <summary>Writes small Claude Code sessions about one made-up program.</summary>
internal sealed class SampleSession(string? model = "claude-opus-4-5")
{
    private readonly StringBuilder _lines = new();
    private int _count;

    /// <summary>A session of <paramref name="turns"/> turns: each asks, reads a file, runs the tests and answers.</summary>
    public static string OfTurns(int turns, string? model = "claude-opus-4-5")
    {
        var session = new SampleSession(model);
        for (var turn = 1; turn <= turns; turn++)
        {
            session.User(turn == 1
                ? "Add a --celsius flag to the forecast command. Never touch files under vendor/."
                : string.Create(CultureInfo.InvariantCulture, $"Now do the same for command number {turn} and run its tests."));
            session.Tool("Read", new JsonObject { ["file_path"] = "/home/ada/weather/forecast.py" }, SourceCode(turn));
            session.Tool("Bash", new JsonObject { ["command"] = $"pytest tests/test_{turn}.py" }, TestLog(turn));
            session.Assistant(string.Create(CultureInfo.InvariantCulture, $"Command number {turn} has the flag and its tests pass."));
        }

        return session.ToString();
    }

    public static string SourceCode(int turn) =>
        string.Concat(Enumerable.Range(1, 40).Select(line => string.Create(
            CultureInfo.InvariantCulture, $"{line,6}→def forecast_{turn}_{line}(city): return fetch(city)[{line * turn}]\n")));

    public void User(string text) => Add("user", new JsonObject { ["role"] = "user", ["content"] = text });

    public void Assistant(string text) => Add("assistant", Message(new JsonObject { ["type"] = "text", ["text"] = text }));

    public void Tool(string name, JsonObject input, string result)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"toolu_{_count}");
        Add("assistant", Message(new JsonObject { ["type"] = "tool_use", ["id"] = id, ["name"] = name, ["input"] = input }));
        Add("user", new JsonObject
        {
            ["role"] = "user",
            ["content"] = new JsonArray(new JsonObject { ["type"] = "tool_result", ["tool_use_id"] = id, ["content"] = result }),
        });
    }

    public override string ToString() => _lines.ToString();

    private static string TestLog(int turn) =>
        string.Concat(Enumerable.Range(1, 25).Select(line => string.Create(
            CultureInfo.InvariantCulture, $"tests/test_{turn}.py::test_case_{line} PASSED [{line * 4}%]\n")))
        + "25 passed in 0.41s";

    private JsonObject Message(JsonObject block)
    {
        var message = new JsonObject
        {
            ["id"] = string.Create(CultureInfo.InvariantCulture, $"msg_{_count}"), ["type"] = "message", ["role"] = "assistant",
            ["content"] = new JsonArray(block),
        };
        if (model is not null)
            message["model"] = model;
        return message;
    }

    private void Add(string type, JsonObject message)
    {
        var line = new JsonObject
        {
            ["parentUuid"] = _count == 0 ? null : Uuid(_count),
            ["isSidechain"] = false,
            ["cwd"] = "/home/ada/weather",
            ["sessionId"] = "5e551011-0000-4000-8000-000000000001",
            ["version"] = "2.1.39",
            ["type"] = type,
            ["message"] = message,
            ["uuid"] = Uuid(++_count),
            ["timestamp"] = "2026-03-01T10:00:00.000Z",
        };
        _lines.Append(line.ToJsonString()).Append('\n');
    }

    private static string Uuid(int number) => string.Create(CultureInfo.InvariantCulture, $"{number:00000000}-aaaa-4bbb-8ccc-dddddddddddd");
}

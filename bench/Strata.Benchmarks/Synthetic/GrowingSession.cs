using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Strata.Benchmarks.Synthetic;

/// <summary>
/// An agent session that grows round by round, and what must be known of it after each: rules in force, stale values, tasks, edited files.
/// </summary>
internal sealed class GrowingSession
{
    private static readonly string[] Areas =
        ["billing tables", "release branch", "customer exports", "signing keys", "audit log", "payment gateway", "user avatars",
            "search index", "mail templates", "feature flags"];

    private readonly Dictionary<string, string> _rules = [];
    private readonly Dictionary<string, string> _stale = [];
    private int _calls;
    private int _round;

    public IReadOnlyCollection<string> RulesInForce => _rules.Values;

    /// <summary>
    /// Stale rules of a summary, apart from those whose successor follows word for word: the summary was written of what lies before it.
    /// </summary>
    public IReadOnlyList<string> StaleIn(string summary, string verbatim) => [.. _stale
        .Where(stale =>
            summary.Contains(stale.Key, StringComparison.Ordinal) && !verbatim.Contains(_rules[stale.Value], StringComparison.Ordinal))
        .Select(stale => stale.Key)];

    /// <summary>The agent's to-do list as it was written last: content and status.</summary>
    public List<(string Content, string Status)> Tasks { get; private set; } = [];

    /// <summary>In the order of their last edit.</summary>
    public List<string> EditedFiles { get; } = [];

    /// <summary>The messages of the next round, about 40 of them.</summary>
    public IReadOnlyList<ChatMessage> Next()
    {
        var messages = new List<ChatMessage>();
        if (_round == 0)
        {
            User(messages, "Rebuild the booking service in /srv/booking so that every module has tests.");
            Rule(messages, "main", "Never push to main without asking me.");
        }

        // A value that changes every second round, a new prohibition every fifth, a look-alike of the value every seventh.
        if (_round % 2 == 0)
            Rule(messages, "answers", Text($"Keep every answer under {200 - _round} words."));
        if (_round % 5 == 1 && _round / 5 < Areas.Length)
            Rule(messages, Areas[_round / 5], $"Never touch the {Areas[_round / 5]} without asking me first.");
        if (_round % 7 == 3)
            Rule(messages, "subjects", Text($"Keep every commit subject under {60 + _round} characters."));
        if (_round == 4)
            Rule(messages, "language", "Antworte immer auf Deutsch.");
        if (_round == 6)
            Rule(messages, "linter", "Always run the linter before you commit.");
        Plan(messages);
        for (var step = 0; step < 4; step++)
            Work(messages, step);
        User(messages,
            _round % 3 == 2 ? Text($"Wie weit ist das Modul {_round}, und was fehlt noch?")
                : Text($"How far is module {_round}, and what is missing?"));
        messages.Add(new ChatMessage(
            ChatRole.Assistant, Text($"Module {_round} is done, the tests of Module{_round} pass, module {_round + 1} is next.")));
        _round++;
        return messages;
    }

    private void Rule(List<ChatMessage> messages, string about, string rule)
    {
        if (_rules.TryGetValue(about, out var old))
            _stale[old] = about;
        _rules[about] = rule;
        User(messages, rule);
        messages.Add(new ChatMessage(ChatRole.Assistant, "Understood."));
    }

    private void Plan(List<ChatMessage> messages)
    {
        Tasks = [.. Enumerable.Range(Math.Max(0, _round - 3), 6)
            .Select(i => (Text($"Write module {i} and its tests"), i < _round ? "completed" : i == _round ? "in_progress" : "pending"))];
        Call(messages, "TodoWrite", new { todos = Tasks.Select(task => new { content = task.Content, status = task.Status }) },
            "Todos have been modified successfully.");
    }

    private void Work(List<ChatMessage> messages, int step)
    {
        var path = Text($"/srv/booking/src/Module{_round % 20}/Part{step}.cs");
        messages.Add(new ChatMessage(ChatRole.Assistant, Text($"Now part {step} of module {_round}.")));
        Call(messages, "Read", new { file_path = path },
            string.Join(
                '\n', Enumerable.Range(1, 40)
                    .Select(line => Text($"{line}\tpublic int Value{_round}_{step}_{line} => {(line * 7919) + _round};"))));
        Call(messages, "Edit",
            new { file_path = path, old_string = Text($"Value{_round}_{step}_1 => {7919 + _round}"),
                new_string = Text($"Value{_round}_{step}_1 => {_round}") }, "The file has been updated.");
        EditedFiles.Remove(path);
        EditedFiles.Add(path);
        var command = Text($"dotnet test --filter Module{_round}Part{step}");
        if (step == 1)
            Call(messages, "Bash", new { command },
                Text($"Exit code 1\nPart{step}.cs(12,9): error CS0{100 + _round}: cannot convert Slot{_round} to Range{_round}"));
        if (step == 1)
            Call(messages, "Edit",
                new { file_path = path, old_string = Text($"Slot{_round}"), new_string = Text($"Range{_round}.Of(slot)") },
                "The file has been updated.");
        Call(messages, "Bash", new { command }, "Passed! 12 tests");
    }

    private void Call(List<ChatMessage> messages, string tool, object arguments, string result)
    {
        var id = Text($"call_{++_calls}");
        var parsed = JsonSerializer.SerializeToElement(arguments).EnumerateObject()
            .ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal);
        messages.Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(id, tool, parsed)]));
        messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, result)]));
    }

    private static void User(List<ChatMessage> messages, string text) => messages.Add(new ChatMessage(ChatRole.User, text));

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

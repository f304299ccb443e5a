using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Summaries.Manifests;

/// <summary>
/// The agent's own to-do list, from the tools that keep one: lists sent whole (<c>todos</c>, <c>plan</c>, <c>tasks</c> arrays of objects
/// with a status) and tasks created and updated one by one (<c>subject</c>; <c>taskId</c> with <c>status</c>).
/// </summary>
internal sealed partial class TaskList
{
    private readonly List<TaskEntry> _tasks = [];
    private readonly Dictionary<string, string> _creating = new(StringComparer.Ordinal);
    private int _created;

    public IReadOnlyList<TaskEntry> Tasks => _tasks;

    public void Carry(TaskEntry task)
    {
        _tasks.Add(task);
        if (int.TryParse(task.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            _created = Math.Max(_created, id);
    }

    /// <summary>Whether the call was about the list.</summary>
    public bool Read(FunctionCallContent call)
    {
        if (call.Arguments is not { } arguments)
            return false;
        foreach (var key in (ReadOnlySpan<string>)["todos", "plan", "tasks"])
        {
            if (arguments.TryGetValue(key, out var value) && value is not null and not string && Replace(JsonText.ToElement(value)))
                return true;
        }

        if (ToolArguments.String(call, "subject") is { } subject && call.Name.Contains("Task", StringComparison.OrdinalIgnoreCase))
        {
            var id = (++_created).ToString(CultureInfo.InvariantCulture);
            _tasks.Add(new TaskEntry(subject, TaskState.Open, id));
            _creating[call.CallId] = id;
            return true;
        }

        return call.Arguments.ContainsKey("taskId") && Update(call);
    }

    /// <summary>The result of a call that created a task tells its real id.</summary>
    public void ReadResult(FunctionResultContent result)
    {
        if (!_creating.Remove(result.CallId, out var guessed) || CreatedId().Match(MessageText.OfResult(result.Result)) is not { Success: true } match)
            return;
        var id = match.Groups["id"].Value;
        var index = _tasks.FindIndex(task => task.Id == guessed);
        if (index >= 0)
            _tasks[index] = _tasks[index] with { Id = id };
        if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            _created = Math.Max(_created, number);
    }

    private bool Update(FunctionCallContent call)
    {
        var id = call.Arguments!["taskId"]?.ToString();
        var index = _tasks.FindIndex(task => task.Id == id);
        if (index < 0)
            return true;
        if (ToolArguments.String(call, "subject") is { } subject)
            _tasks[index] = _tasks[index] with { Text = subject };
        if (ToolArguments.String(call, "status") is not { } status)
            return true;
        if (status == "deleted")
            _tasks.RemoveAt(index);
        else
            _tasks[index] = _tasks[index] with { State = StateOf(status) };
        return true;
    }

    private bool Replace(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
            return false;
        var read = new List<TaskEntry>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Object || TextOf(item, "content", "step", "text", "title", "description") is not { } text)
                return false;
            read.Add(new TaskEntry(text, StateOf(TextOf(item, "status", "state") ?? "")));
        }

        _tasks.Clear();
        _tasks.AddRange(read);
        return true;
    }

    private static string? TextOf(JsonElement item, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String)
                return JsonText.StringOf(value);
        }

        return null;
    }

    private static TaskState StateOf(string status) => status switch
    {
        "completed" or "complete" or "done" or "finished" => TaskState.Done,
        "in_progress" or "in-progress" or "active" or "started" => TaskState.InProgress,
        _ => TaskState.Open,
    };

    [GeneratedRegex(@"\A[^\n]{0,40}#(?<id>\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CreatedId();
}

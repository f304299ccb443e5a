using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Facts.Manifests;

/// <summary>
/// The agent's own to-do list, from the tools that keep one: lists sent whole, lists sent in changes (<c>merge</c>), tasks created and
/// updated one by one (<c>subject</c>; <c>taskId</c> with <c>status</c>), and check boxes that the agent writes into a plan file.
/// </summary>
internal sealed partial class TaskList
{
    private readonly List<TaskEntry> _tasks = [];
    private readonly Dictionary<string, string> _creating = new(StringComparer.Ordinal);
    private int _created;
    private bool _fromFile;

    public IReadOnlyList<TaskEntry> Tasks => _tasks;

    /// <summary>Done tasks that an earlier summary had no room for.</summary>
    public int MoreDone { get; private set; }

    /// <summary>Open tasks that an earlier summary had no room for.</summary>
    public int MoreOpen { get; private set; }

    public void Carry(TaskEntry task)
    {
        _tasks.Add(task);
        if (int.TryParse(task.Id, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            _created = Math.Max(_created, id);
    }

    public void CarryMore(int done, int open)
    {
        MoreDone += done;
        MoreOpen += open;
    }

    /// <summary>Whether the call was about the list.</summary>
    public bool Read(FunctionCallContent call)
    {
        if (call.Arguments is not { } arguments)
            return ShowsList(call.Name);
        foreach (var key in TaskItems.ListKeys)
        {
            if (!arguments.TryGetValue(key, out var value) || value is null || TaskItems.Of(value) is not { } items)
                continue;
            if (arguments.TryGetValue("merge", out var merge) && merge?.ToString() is "true" or "True")
                items.ForEach(Merge);
            else
                Replace(items, fromFile: false);
            return true;
        }

        if (CallText.String(call, "subject") is { } subject && call.Name.Contains("Task", StringComparison.OrdinalIgnoreCase))
        {
            var id = (++_created).ToString(CultureInfo.InvariantCulture);
            _tasks.Add(new TaskEntry(subject, TaskState.Open, id));
            _creating[call.CallId] = id;
            return true;
        }

        return arguments.ContainsKey("taskId") ? Update(call) : ReadFile(call) || ShowsList(call.Name);
    }

    /// <summary>The result of a call that created a task tells its real id.</summary>
    public void ReadResult(FunctionResultContent result)
    {
        if (!_creating.Remove(result.CallId, out var guessed)
            || CreatedId().Match(MessageText.OfResult(result.Result)) is not { Success: true } match)
            return;
        var id = match.Groups["id"].Value;
        var index = _tasks.FindIndex(task => task.Id == guessed);
        if (index >= 0)
            _tasks[index] = _tasks[index] with { Id = id };
        if (int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            _created = Math.Max(_created, number);
    }

    private static bool ShowsList(string tool) =>
        tool.StartsWith("Todo", StringComparison.OrdinalIgnoreCase) || tool.EndsWith("todos", StringComparison.OrdinalIgnoreCase)
            || tool is "TaskList" or "TaskGet";

    private bool Update(FunctionCallContent call)
    {
        var id = call.Arguments!["taskId"]?.ToString();
        var index = _tasks.FindIndex(task => task.Id == id);
        if (index < 0)
            return true;
        if (CallText.String(call, "subject") is { } subject)
            _tasks[index] = _tasks[index] with { Text = subject };
        if (CallText.String(call, "status") is not { } status)
            return true;
        if (TaskItems.StateOf(status) is { } state)
            _tasks[index] = _tasks[index] with { State = state };
        else
            _tasks.RemoveAt(index);
        return true;
    }

    // A plan in a file is the list of an agent that has no tool for one.
    private bool ReadFile(FunctionCallContent call)
    {
        if (CallText.Path(call) is null || CallText.NewText(call) is not { } text || (_tasks.Count > 0 && !_fromFile))
            return false;
        var items = TaskItems.InText(text);
        if (CallText.HasOldText(call))
            items.ForEach(item => Merge(item, onlyKnown: true));
        else if (items.Count > 1)
            Replace(items, fromFile: true);
        return false;
    }

    private void Merge(TaskItem item) => Merge(item, onlyKnown: false);

    private void Merge(TaskItem item, bool onlyKnown)
    {
        var index = _tasks.FindIndex(task => item.Id is not null ? task.Id == item.Id : task.Text == item.Text);
        if (index < 0)
        {
            if (!onlyKnown && item is { Text: { } text, State: { } state })
                _tasks.Add(new TaskEntry(text, state, item.Id));
        }
        else if (item.State is { } state)
        {
            _tasks[index] = _tasks[index] with { Text = item.Text ?? _tasks[index].Text, State = state };
        }
        else
        {
            _tasks.RemoveAt(index);
        }
    }

    // Ids of a list that is sent whole again say nothing; those of one sent in changes are needed to follow it.
    private void Replace(List<TaskItem> items, bool fromFile)
    {
        _tasks.Clear();
        _tasks.AddRange(items.Where(item => item.Text is not null && item.State is not null)
            .Select(item => new TaskEntry(item.Text!, item.State!.Value, item.Id)));
        _fromFile = fromFile;
        (MoreDone, MoreOpen) = (0, 0);
    }

    [GeneratedRegex(
        @"\A[^\n]{0,40}#(?<id>\d{1,9})", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CreatedId();
}

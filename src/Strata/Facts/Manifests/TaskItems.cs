using System.Text.Json;
using System.Text.RegularExpressions;
using Strata.Text;
using Strata.Transcripts;

namespace Strata.Facts.Manifests;

/// <summary>
/// An item of a to-do list as a call sends it. The text is null in a change that does not repeat it, the state where it was cancelled.
/// </summary>
internal readonly record struct TaskItem(string? Text, TaskState? State, string? Id);

/// <summary>Reads the items of a to-do list, whatever the vendor calls their members.</summary>
internal static partial class TaskItems
{
    public static readonly string[] ListKeys = ["todos", "plan", "tasks", "todoList", "todo_list", "task_progress"];

    private static readonly string[] TextKeys = ["content", "step", "text", "title", "subject", "task", "description"];

    private const int MostItems = 500;
    private const int LongestPlan = 100_000;

    /// <summary>Null when the value is no to-do list.</summary>
    public static List<TaskItem>? Of(object value)
    {
        if (CallText.StringOf(value) is { } text)
        {
            var boxes = InText(text);
            return boxes.Count > 0 ? boxes : null;
        }

        var list = JsonText.ToElement(value);
        if (list.ValueKind != JsonValueKind.Array)
            return null;
        var items = new List<TaskItem>();
        foreach (var item in list.EnumerateArray().Take(MostItems))
        {
            if (item.ValueKind != JsonValueKind.Object || TextOf(item, "status", "state") is not { } status)
                return null;
            items.Add(new TaskItem(TextOf(item, TextKeys), StateOf(status), IdOf(item)));
        }

        return items.All(item => item.Text is null && item.Id is null) ? null : items;
    }

    /// <summary>The check boxes of a text.</summary>
    public static List<TaskItem> InText(string text)
    {
        var items = new List<TaskItem>();
        if (!text.Contains('[', StringComparison.Ordinal))
            return items;
        for (var box = CheckBox().Match(text[..Math.Min(text.Length, LongestPlan)]); box.Success && items.Count < MostItems;
            box = box.NextMatch())
        {
            TaskState state =
                box.Groups["mark"].ValueSpan switch { " " => TaskState.Open, "x" or "X" => TaskState.Done, _ => TaskState.InProgress };
            items.Add(new TaskItem(box.Groups["text"].Value.Trim(), state, null));
        }

        return items;
    }

    /// <summary>Null when the task is off the list.</summary>
    public static TaskState? StateOf(string status) => status.Replace('-', '_').ToLowerInvariant() switch
    {
        "completed" or "complete" or "done" or "finished" or "closed" => TaskState.Done,
        "in_progress" or "active" or "started" or "doing" => TaskState.InProgress,
        "deleted" or "cancelled" or "canceled" or "removed" => null,
        _ => TaskState.Open,
    };

    private static string? IdOf(JsonElement item) =>
        item.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String or JsonValueKind.Number
            && id.ToString() is { Length: > 0 and <= 20 } text && Id().IsMatch(text) ? text : null;

    private static string? TextOf(JsonElement item, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (item.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String)
                return JsonText.StringOf(value);
        }

        return null;
    }

    [GeneratedRegex(@"\A\w+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Id();

    [GeneratedRegex(@"^[ \t]*(?:[-*+]|\d{1,3}[.)])?[ \t]*\[(?<mark>[ xX~/-])\][ \t]+(?<text>[^\n]{1,500})",
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex CheckBox();
}

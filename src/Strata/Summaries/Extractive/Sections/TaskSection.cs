using Strata.Summaries.Manifests;

namespace Strata.Summaries.Extractive.Sections;

/// <summary>The to-do list.</summary>
internal static class TaskSection
{
    private const double OpenTaskShare = 0.08;
    private const double DoneTaskShare = 0.08;
    private const int TaskChars = 200;

    public static void AddOpen(SummaryPage page, IReadOnlyList<TaskEntry> tasks) =>
        Add(page, SummaryFormat.OpenTasks, OpenTaskShare, tasks.Where(task => task.State != TaskState.Done));

    public static void AddDone(SummaryPage page, IReadOnlyList<TaskEntry> tasks) =>
        Add(page, SummaryFormat.DoneTasks, DoneTaskShare, tasks.Where(task => task.State == TaskState.Done));

    private static void Add(SummaryPage page, string label, double share, IEnumerable<TaskEntry> tasks)
    {
        var room = page.Room(share);
        var list = tasks.ToList();
        // The last of the done and the first of the open are nearest to what comes next.
        var indexes = label == SummaryFormat.DoneTasks ? Enumerable.Range(0, list.Count).Reverse() : Enumerable.Range(0, list.Count);
        foreach (var i in indexes)
        {
            var (mark, state) = list[i].State switch
            {
                TaskState.Done => ("[x]", "done"),
                TaskState.InProgress => ("[~]", "in progress"),
                _ => ("[ ]", "open"),
            };
            var id = list[i].Id is { } number ? $", task {number}" : "";
            page.Add(label, (i, 0), $"{mark} {OneLine.Of(list[i].Text, TaskChars)} ({state}{id})", ref room);
        }
    }
}

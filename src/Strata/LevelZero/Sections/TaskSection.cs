using Strata.Facts.Manifests;

namespace Strata.LevelZero.Sections;

/// <summary>The to-do list, in its own order: open tasks always, and as many of the done as fit.</summary>
internal static class TaskSection
{
    private const double TaskShare = 0.16;

    // Room for the line that counts those left out.
    private const int MoreTokens = 12;

    public static void Add(SummaryPage page, TaskList list)
    {
        var room = page.Room(TaskShare) - (2 * MoreTokens);
        var tasks = list.Tasks;
        var open = list.MoreOpen;
        var done = list.MoreDone;
        for (var i = 0; i < tasks.Count; i++)
        {
            if (tasks[i].State != TaskState.Done && !page.Add(SummaryFormat.Tasks, (i, 0), ManifestEntries.Write(tasks[i]), ref room))
                open++;
        }

        // The last of the done are nearest to what comes next.
        for (var i = tasks.Count - 1; i >= 0; i--)
        {
            if (tasks[i].State == TaskState.Done && !page.Add(SummaryFormat.Tasks, (i, 0), ManifestEntries.Write(tasks[i]), ref room))
                done++;
        }

        room += 2 * MoreTokens;
        if (done > 0)
            page.Add(SummaryFormat.Tasks, (-1, 0), ManifestEntries.WriteMore(done, done: true), ref room);
        if (open > 0)
            page.Add(SummaryFormat.Tasks, (tasks.Count, 0), ManifestEntries.WriteMore(open, done: false), ref room);
    }
}

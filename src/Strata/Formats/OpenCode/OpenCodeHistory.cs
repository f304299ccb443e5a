using System.Globalization;
using System.Text;
using Strata.Formats.Json;

namespace Strata.Formats.OpenCode;

/// <summary>
/// Which messages of a session are sent, and in which order: after opencode's own compaction its summary, what it kept, and what came
/// later.
/// </summary>
internal sealed class OpenCodeHistory
{
    private static readonly System.Runtime.CompilerServices.ConditionalWeakTable<JsonBody, OpenCodeHistory> Known = [];

    private int _tail = -1;

    /// <summary>The user message that asked for the newest finished compaction; −1 where there is none.</summary>
    public int Request { get; private set; } = -1;

    /// <summary>The assistant message that holds its summary.</summary>
    public int Summary { get; private set; } = -1;

    /// <summary>The elements that are sent, in the order in which they are.</summary>
    public IReadOnlyList<int> Live { get; private set; } = [];

    public static OpenCodeHistory Of(JsonBody body) => Known.GetValue(body, Read);

    /// <summary>
    /// What changes in the elements of the compaction where the document is changed: what was kept stands behind the summary then, also
    /// by time, by which
    /// opencode orders messages.
    /// </summary>
    public IReadOnlyList<(int Start, int End, byte[] Bytes)> Relink(JsonBody body, int element)
    {
        if (_tail < 0 || (element != Request && element != Summary))
            return [];
        var source = body.Elements[element];
        var edits = new List<(int, int, byte[])>();
        if (source.Field("info"u8).Field("time"u8).Field("created"u8) is { Exists: true } time)
            edits.Add((time.Start, time.End, Encoding.UTF8.GetBytes(TimeOf(body, element).ToString(CultureInfo.InvariantCulture))));
        foreach (var part in source.Field("parts"u8).Items)
        {
            var members = part.Fields.Members;
            var at = members.FindIndex(static member => member.Name.TextIs("tail_start_id"u8));
            if (at > 0)
                edits.Add((members[at - 1].Value.End, members[at].Value.End, []));
            else if (at == 0 && members.Count > 1)
                edits.Add((members[0].Name.Start, members[1].Name.Start, []));
        }

        return edits;
    }

    /// <summary>When an element was made, in milliseconds since 1970, as a changed document says it.</summary>
    public long TimeOf(JsonBody body, int element)
    {
        if (_tail < 0 || (element != Request && element != Summary))
            return Created(body.Elements[element]);
        var (before, kept) = (_tail > 0 ? Created(body.Elements[_tail - 1]) : 0, Created(body.Elements[_tail]));
        return before + ((kept - before) * (element == Request ? 1 : 2) / 3);
    }

    private static long Created(JsonValue element) =>
        element.Field("info"u8).Field("time"u8).Field("created"u8) is { Exists: true } time
        && long.TryParse(time.Bytes, NumberStyles.Integer, CultureInfo.InvariantCulture, out var created) ? created : 0;

    private static OpenCodeHistory Read(JsonBody body)
    {
        var history = new OpenCodeHistory();
        var requests = new Dictionary<string, (int Element, string? Tail)>(StringComparer.Ordinal);
        var byId = new Dictionary<string, int>(StringComparer.Ordinal);
        string? tail = null;
        for (var i = 0; i < body.Elements.Count; i++)
        {
            var info = body.Elements[i].Field("info"u8).Fields;
            if (info["id"u8].Text is { } id)
                byId[id] = i;
            if (info["role"u8].TextIs("user"u8) && info["id"u8].Text is { } own
                && body.Elements[i].Field("parts"u8).Items
                    .Find(static part => part.Field("type"u8).TextIs("compaction"u8)) is { Exists: true } part)
            {
                requests[own] = (i, part.Field("tail_start_id"u8).Text);
            }

            var isSummary = info["summary"u8] is { Exists: true } flag && flag.Bytes.SequenceEqual("true"u8);
            if (isSummary && info["finish"u8].IsString && !info["error"u8].IsObject && info["parentID"u8].Text is { } parent
                && requests.TryGetValue(parent, out var request))
            {
                (history.Request, history.Summary, tail) = (request.Element, i, request.Tail);
            }
        }

        if (tail is not null && byId.TryGetValue(tail, out var start) && start < history.Request)
            history._tail = start;
        history.Live = history.Order(body.Elements.Count);
        return history;
    }

    private List<int> Order(int count)
    {
        if (Request < 0)
            return [.. Enumerable.Range(0, count)];
        var kept = _tail < 0 ? [] : Enumerable.Range(_tail, Request - _tail);
        return [.. Enumerable.Range(Request, Summary - Request + 1), .. kept, .. Enumerable.Range(Summary + 1, count - Summary - 1)];
    }
}

namespace Strata.Formats.Json;

/// <summary>The members of a JSON object in the order of the document, duplicates included.</summary>
internal readonly struct JsonFields(List<(JsonValue Name, JsonValue Value)> members)
{
    public int Count => members.Count;

    public List<(JsonValue Name, JsonValue Value)> Members => members;

    /// <summary>The member of that name, absent when there is none; of duplicates the last, as JSON parsers take it.</summary>
    public JsonValue this[ReadOnlySpan<byte> name]
    {
        get
        {
            for (var i = members.Count - 1; i >= 0; i--)
            {
                if (members[i].Name.TextIs(name))
                    return members[i].Value;
            }

            return default;
        }
    }

    public int CountOf(ReadOnlySpan<byte> name)
    {
        var count = 0;
        foreach (var (found, _) in members)
        {
            if (found.TextIs(name))
                count++;
        }

        return count;
    }
}

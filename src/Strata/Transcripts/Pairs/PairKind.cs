using System.Text.Json;

namespace Strata.Transcripts.Pairs;

/// <summary>How a vendor's JSON item takes part in a pair.</summary>
/// <param name="Space">Which ids are compared with each other.</param>
/// <param name="Type">The item's <c>type</c>; a star at its start stands for any beginning.</param>
/// <param name="Side">What the item is to the pair.</param>
/// <param name="Id">The member that holds the pair's id; a dot leads into an object.</param>
internal sealed record PairKind(string Space, string Type, PairSide Side, string Id)
{
    /// <summary>Whether the row is for items that leave the id out or give null for it, and pair by their order.</summary>
    public bool HasNoId { get; init; }

    /// <summary>The item's place in the pair; null when the row is not about it.</summary>
    public PairEnd? EndOf(string type, JsonElement item)
    {
        if (Type[0] == '*' ? !type.EndsWith(Type[1..], StringComparison.Ordinal) : type != Type)
            return null;
        var id = IdIn(item);
        return HasNoId == id is null ? new PairEnd(Space, id ?? "", Side) : null;
    }

    private string? IdIn(JsonElement item)
    {
        foreach (var name in Id.Split('.'))
        {
            if (item.ValueKind != JsonValueKind.Object || !item.TryGetProperty(name, out item))
                return null;
        }

        return item.ValueKind == JsonValueKind.String ? JsonText.StringOf(item) : null;
    }
}

using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>What a change of a content writes into its element.</summary>
internal enum BlockEdit
{
    /// <summary>The whole block is replaced by a newly written one: media, and blocks that the format does not know.</summary>
    Whole,

    /// <summary>The text string.</summary>
    Text,

    /// <summary>The arguments, as a JSON object.</summary>
    Arguments,

    /// <summary>The arguments, as JSON text in a string.</summary>
    ArgumentsText,

    /// <summary>The result: a string, or a list of parts.</summary>
    Result,

    /// <summary>A signed block: it can stay as it is or go, since its vendor refuses a changed one.</summary>
    Signed,

    /// <summary>Nothing: the vendor takes no other value here.</summary>
    Fixed,
}

/// <summary>Which list of an element a block is an item of.</summary>
internal enum BlockList
{
    None,
    Content,
    Calls,
    Other,
}

/// <summary>
/// One content of a message and where it stands in the element; the value is what the edit replaces, absent when the element leaves it out.
/// </summary>
internal sealed record Block(AIContent Content, BlockEdit Edit, JsonValue Value)
{
    /// <summary>The item of <see cref="List"/> that the block is; absent when it is not in a list and so cannot be taken out.</summary>
    public JsonValue Item { get; init; }

    public JsonValue List { get; init; }

    public BlockList ListKind { get; init; }

    /// <summary>The parts of a result or of a text that stands in several places.</summary>
    public IReadOnlyList<Block> Parts { get; init; } = [];

    /// <summary>An object that repeats a result for the screen; it is emptied where the result changes.</summary>
    public JsonValue Mirror { get; init; }

    public Block In(JsonValue list, JsonValue item, BlockList kind = BlockList.Content) =>
        this with { List = list, Item = item, ListKind = kind };
}

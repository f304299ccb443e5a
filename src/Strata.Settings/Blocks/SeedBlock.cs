using Strata.Settings.Reading;

namespace Strata.Settings.Blocks;

/// <summary>A block of settings of one of the programs that Strata grew from, in its own words.</summary>
/// <param name="Name">The key that the block stands under.</param>
/// <param name="Profile">The profile that has the numbers of that program.</param>
/// <param name="Keys">What may stand in it.</param>
internal sealed record SeedBlock(string Name, string Profile, IReadOnlyList<BlockKey> Keys)
{
    /// <summary>Seed 1, <c>config.toml</c>.</summary>
    public static SeedBlock Chat { get; } = new("chat", "smart",
    [
        BlockKey.As("model"),
        BlockKey.As("strategy"),
        BlockKey.As("threshold_ratio"),
        BlockKey.As("target_ratio"),
        BlockKey.As("preserve_last"),
        BlockKey.As("preserve_tool_results"),
        BlockKey.As("max_tool_results"),
        BlockKey.As("min_tokens_to_compact"),
        BlockKey.As("safety_margin"),
    ]);

    /// <summary>Seed 3, <c>cobot.yml</c>.</summary>
    public static SeedBlock Compaction { get; } = new("compaction", "plugin",
    [
        BlockKey.As("max_tokens", "window"),
        BlockKey.As("target_recent", "recent_tokens"),
        new("summary_model", "levels: level 3, models", (settings, text) => settings.WithModels(3, ModelOwner.Reference(text))),
    ]);

    /// <summary>Seed 4, the agent's entry in a JSON file of OpenClaw.</summary>
    public static SeedBlock Pruning { get; } = new("contextPruning", "operations",
    [
        new("mode", "strategy: prune", (settings, text) => text.Trim() == "aggressive"
            ? settings
            : throw new FormatException(
                "only 'aggressive' is known: keep the newest messages and drop the others; for no pruning, take the block out")),
        BlockKey.As("maxMessages", "prune_max_messages"),
        BlockKey.As("compactAfter", "prune_after_turns"),
    ]);

    /// <summary>The settings of this block, over the profile of its program.</summary>
    public StrataSettings Read(SettingNode node, NodeReading reading)
    {
        var settings = new StrataSettings { Profile = Profile };
        if (!reading.IsGroup(node, Keys.Select(key => key.Name)))
            return settings;
        foreach (var child in node.Children)
        {
            if (Keys.FirstOrDefault(known => SettingNames.Find(child.Key, [known.Name]) is not null) is not { } key)
            {
                reading.Unknown(child, $"key of '{Name}'", [.. Keys.Select(known => known.Name)]);
                continue;
            }

            reading.One(child, text => settings = key.Set(settings, text), showText: true);
        }

        return settings;
    }
}

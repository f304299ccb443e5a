using Strata.Settings.Reading;

namespace Strata.Settings.Blocks;

/// <summary>
/// The blocks of other programs in a file. Such a file holds more than its block, and the rest is left to its program; only a group whose
/// name is nearly that of something known is an error.
/// </summary>
internal sealed class SeedBlocks(NodeReading reading)
{
    public static readonly string[] Names = ["chat", "compaction", "contextPruning", "agents"];

    private readonly List<(SettingNode Node, IReadOnlyCollection<string> Known)> _foreign = [];
    private StrataSettings? _read;

    /// <summary>Null where the node is no block.</summary>
    public StrataSettings? Read(SettingNode node, StrataSettings settings)
    {
        var block = node.Key switch
        {
            "chat" => SeedBlock.Chat.Read(node, reading),
            "compaction" => SeedBlock.Compaction.Read(node, reading),
            "contextPruning" => SeedBlock.Pruning.Read(node, reading),
            "agents" => ReadAgents(node),
            _ => null,
        };
        if (block is null)
            return null;
        if (_read is not null && block.Values.Count > 0)
            reading.Add($"{node.KeyPlace}: '{node.Key}' is the second block of settings of another program in this file; keep one of them");
        _read ??= block.Values.Count > 0 ? block : null;
        return settings;
    }

    /// <summary>Keeps a group that means nothing here, until it is known whose file this is.</summary>
    public void AddForeign(SettingNode node, IReadOnlyCollection<string> known) => _foreign.Add((node, known));

    /// <summary><paramref name="settings"/> over those of the block: what is written in Strata's own words wins.</summary>
    public StrataSettings Finish(StrataSettings settings)
    {
        var left = new List<string>();
        foreach (var (node, known) in _foreign)
        {
            string[] names = [.. known, .. Names];
            if (_read is null || NearestName.Of(node.Key, names) is not null)
                reading.Unknown(node, "setting", names);
            else
                left.Add(node.Key);
        }

        if (_read is null)
            return settings;
        var both = settings.Over(_read);
        return left.Count == 0
            ? both
            : both with { Notes = [.. both.Notes, $"Left to the program whose file this is: {string.Join(", ", left)}."] };
    }

    // { "agents": { "list": [ { "id": "main", "contextPruning": { … } } ] } }
    private StrataSettings ReadAgents(SettingNode node)
    {
        var none = new StrataSettings();
        if (!reading.IsGroup(node, ["list"]))
            return none;
        var agents = node.Children.Where(child => child.Key == "list").SelectMany(list => list.Children).ToList();
        foreach (var key in agents.SelectMany(agent => agent.Children))
        {
            if (key.Key != SeedBlock.Pruning.Name && NearestName.Of(key.Key, [SeedBlock.Pruning.Name]) is not null)
                reading.Unknown(key, "key of an agent", [SeedBlock.Pruning.Name]);
        }

        var pruned = agents.SelectMany(
            agent => agent.Children.Where(key => key.Key == SeedBlock.Pruning.Name).Select(block => (agent, block))).ToList();
        if (pruned.Count > 1)
        {
            reading.Add(
                $"{pruned[1].block.KeyPlace}: a second agent with '{SeedBlock.Pruning.Name}'; "
                + "Strata reads the settings of one, so keep the file to one agent");
            return none;
        }

        if (pruned is not [var (agent, pruning)])
        {
            reading.Add($"{node.KeyPlace}: no agent in 'list' has '{SeedBlock.Pruning.Name}', so there is nothing to read here");
            return none;
        }

        var settings = SeedBlock.Pruning.Read(pruning, reading);
        return agent.Children.FirstOrDefault(key => key.Key == "id")?.Text is { Length: > 0 } id
            ? settings with { AgentId = id }
            : settings;
    }
}

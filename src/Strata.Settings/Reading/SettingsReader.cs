using Strata.Models;
using Strata.Settings.Blocks;

namespace Strata.Settings.Reading;

/// <summary>Reads settings from a tree of nodes, wherever it came from.</summary>
public sealed class SettingsReader
{
    private static readonly string[] InFile =
        [.. SettingTable.All.Where(setting => setting.NotInFile is null).Select(setting => setting.Name), "levels", "providers"];

    private static readonly string[] InConfiguration = [.. SettingTable.All.Select(setting => setting.Name), "levels", "providers"];

    private readonly NodeReading _reading;
    private readonly bool _anyStrategy;

    /// <param name="problems">Gets what is wrong, a sentence each with its place.</param>
    /// <param name="anyStrategy">Leaves it to the caller whether there is a strategy of the name that is set.</param>
    public SettingsReader(ICollection<string> problems, bool anyStrategy = false) =>
        (_reading, _anyStrategy) = (new NodeReading(problems), anyStrategy);

    /// <summary>The settings that could be read.</summary>
    public StrataSettings Read(SettingNode root)
    {
        ArgumentNullException.ThrowIfNull(root);
        var known = root.IsFile ? InFile : InConfiguration;
        var settings = new StrataSettings();
        if (!_reading.IsGroup(root, known))
            return settings;
        var blocks = root.IsFile ? new SeedBlocks(_reading) : null;
        foreach (var node in root.Children)
            settings = blocks?.Read(node, settings) ?? ReadKey(settings, node, known, blocks);
        return blocks is null ? settings : blocks.Finish(settings);
    }

    private StrataSettings ReadKey(StrataSettings settings, SettingNode node, IReadOnlyCollection<string> known, SeedBlocks? blocks)
    {
        switch (SettingNames.Find(node.Key, known))
        {
            case null when SettingTable.Find(node.Key)?.NotInFile is { } reason:
                _reading.Add(
                    $"{node.KeyPlace}: {node.Key}: no file holds this setting: {reason}. Set {SettingTable.Find(node.Key)!.Variable}.");
                break;
            case null when blocks is not null && node.Text is null:
                blocks.AddForeign(node, known);
                break;
            case null:
                _reading.Unknown(node, "setting", [.. known, .. SeedBlocks.Names.Where(_ => node.IsFile)]);
                break;
            case "levels":
                ReadLevels(node, level => settings = level(settings));
                break;
            case "providers":
                ReadProviders(node, (provider, url) => settings = settings.WithBaseUrl(provider, url));
                break;
            case var name:
                _reading.One(node, text => settings = settings.With(name, ValueOf(name, text)), showText: true);
                break;
        }

        return settings;
    }

    private object ValueOf(string name, string text) =>
        _anyStrategy && name == "strategy" ? text.Trim() : SettingTable.Find(name)!.Read(text);

    private void ReadLevels(SettingNode node, Action<Func<StrataSettings, StrataSettings>> change)
    {
        if (!node.IsList)
        {
            _reading.Add(node.Problem("a list, each with 'level' and 'models'"));
            return;
        }

        var seen = new HashSet<int>();
        foreach (var item in node.Children)
        {
            var (number, level) = LevelReader.Read(item, _reading);
            if (number is not { } found)
                continue;
            if (!seen.Add(found))
                _reading.Add(item.Problem(FormattableString.Invariant($"level {found} stands here for the second time")));
            change(settings => settings.WithLevel(found, _ => level));
        }
    }

    private void ReadProviders(SettingNode node, Action<string, string> set)
    {
        if (!_reading.IsGroup(node, ModelReference.KnownProviders))
            return;
        foreach (var child in node.Children)
        {
            if (SettingNames.Find(child.Key, ModelReference.KnownProviders) is not { } provider)
            {
                _reading.Add($"{child.KeyPlace}: {NearestName.Unknown("provider", child.Key, ModelReference.KnownProviders)}");
                continue;
            }

            if (AddressOf(child, provider) is { } address)
                _reading.One(address, text => set(provider, text));
        }
    }

    private SettingNode? AddressOf(SettingNode node, string provider)
    {
        if (node.Text is not null || node.IsList)
            return node;
        SettingNode? address = null;
        var before = true;
        foreach (var child in node.Children)
        {
            if (SettingNames.Find(child.Key, ["base_url"]) is not null)
                address = child;
            else
                _reading.Unknown(child, $"setting of {provider}", ["base_url"], provider);
            before = false;
        }

        if (before)
            _reading.Add(node.Problem($"'{node.Spell("base_url")}' is missing"));
        return address;
    }
}

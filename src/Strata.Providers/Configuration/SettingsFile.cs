using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Strata.Providers.Configuration;

/// <summary>Settings from a <c>strata.yml</c>. It never holds keys: those come from the environment only.</summary>
public static class SettingsFile
{
    /// <summary>What it is called where nobody names another.</summary>
    public const string DefaultName = "strata.yml";

    // Stream, document, settings, levels, a level, its models; and room for what is misplaced.
    private const int Deepest = 16;

    private static readonly string[] Known = [.. SettingKey.All.Select(key => key.Name), "levels", "providers"];

    /// <summary>Reads the text of a file.</summary>
    /// <param name="yaml">The text; empty sets nothing.</param>
    /// <param name="name">The file's name, for errors.</param>
    /// <exception cref="SettingsException">It does not parse, a key is unknown or a value not allowed: the message names file, line and column.</exception>
    public static StrataSettings Parse(string yaml, string name = DefaultName)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        var place = new YamlPlace(name);
        var documents = new YamlStream();
        try
        {
            CheckEvents(yaml, place);
            documents.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw new SettingsException(place.Of(e.Start) + ": this is not YAML: " + OneLine(e), e);
        }

        return documents.Documents switch
        {
            [] => new StrataSettings(),
            [var only] when only.RootNode is YamlScalarNode { Value: "" or null } => new StrataSettings(),
            [var only] => Read(new YamlKeys(place, only.RootNode, "key", Known)),
            [_, var second, ..] => throw place.Fail(second.RootNode, "a second document; a file holds one"),
        };
    }

    // Loading calls itself for every level of nesting, and a stack that is used up ends the process; and it does not say where an alias without an anchor stands.
    private static void CheckEvents(string yaml, YamlPlace place)
    {
        var parser = new Parser(new StringReader(yaml));
        var anchors = new HashSet<AnchorName>();
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
                throw new SettingsException(place.Of(parser.Current.Start) + ": this is nested deeper than settings are.");
            if (parser.Current is NodeEvent { Anchor: { IsEmpty: false } anchor })
                anchors.Add(anchor);
            if (parser.Current is AnchorAlias alias && !anchors.Contains(alias.Value))
                throw new SettingsException($"{place.Of(alias.Start)}: this is not YAML: there is no anchor '{alias.Value}' above.");
        }
    }

    private static StrataSettings Read(YamlKeys root)
    {
        var settings = new StrataSettings();
        foreach (var (key, node) in root.Entries)
        {
            settings = key switch
            {
                "levels" => ReadLevels(root.Place, settings, node),
                "providers" => ReadProviders(root.Place, settings, node),
                _ => root.Place.Apply(settings, key, node, SettingKey.All.First(known => known.Name == key).Set),
            };
        }

        return settings;
    }

    private static StrataSettings ReadLevels(YamlPlace place, StrataSettings settings, YamlNode node)
    {
        if (node is not YamlSequenceNode levels)
            throw place.Fail(node, "levels: a list, each with 'level' and 'models'");
        foreach (var level in levels)
        {
            var (number, own) = YamlLevel.Read(place, level);
            if (settings.Levels.ContainsKey(number))
                throw place.Fail(level, FormattableString.Invariant($"level {number} stands here for the second time"));
            settings = settings.WithLevel(number, _ => own);
        }

        return settings;
    }

    private static StrataSettings ReadProviders(YamlPlace place, StrataSettings settings, YamlNode node)
    {
        var urls = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in new YamlKeys(place, node, "provider", Models.ModelReference.KnownProviders).Entries)
        {
            var url = value is YamlMappingNode
                ? new YamlKeys(place, value, $"setting of {name}", ["base_url"], name).Entries.Select(entry => place.Text(entry.Node, "base_url")).FirstOrDefault() ?? throw place.Fail(value, $"{name}: 'base_url' is missing")
                : place.Text(value, name);
            place.Try(value, name, () => urls.Add(name, SettingTexts.BaseUrl(name, url).Url));
        }

        return settings with { BaseUrls = urls };
    }

    private static string OneLine(YamlException e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
}

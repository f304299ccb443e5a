using Strata.Settings.Reading;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Strata.Settings.Files;

/// <summary>A YAML file as nodes.</summary>
internal static class YamlTree
{
    /// <returns>Null where the file holds nothing.</returns>
    public static SettingNode? Parse(string yaml, FilePlace place)
    {
        var documents = new YamlStream();
        try
        {
            CheckEvents(yaml, place);
            documents.Load(new StringReader(yaml));
        }
        catch (YamlException e)
        {
            throw place.NotA("YAML", e.Start.Line, e.Start.Column, e.Message, e);
        }

        return documents.Documents switch
        {
            [] => null,
            [var only] when only.RootNode is YamlScalarNode { Value: "" or null } => null,
            [var only] => Node("", Of(only.RootNode, place), only.RootNode, place),
            [_, var second, ..] => throw new SettingsException(Of(second.RootNode, place) + ": a second document; a file holds one"),
        };
    }

    // The loader does not bound nesting, and does not say where an alias without an anchor stands.
    private static void CheckEvents(string yaml, FilePlace place)
    {
        var parser = new Parser(new StringReader(yaml));
        var anchors = new HashSet<AnchorName>();
        var depth = 0;
        while (parser.MoveNext())
        {
            var at = parser.Current!.Start;
            depth += parser.Current.NestingIncrease;
            place.CheckDepth(depth, at.Line, at.Column);
            if (parser.Current is NodeEvent { Anchor: { IsEmpty: false } anchor })
                anchors.Add(anchor);
            if (parser.Current is AnchorAlias alias && !anchors.Contains(alias.Value))
                throw place.NotA("YAML", at.Line, at.Column, $"there is no anchor '{alias.Value}' above");
        }
    }

    // An alias may stand for what holds it; nobody means that, and the bound on the depth ends it.
    private static SettingNode Node(string key, string keyPlace, YamlNode node, FilePlace place, int depth = 0)
    {
        place.CheckDepth(depth, node.Start.Line, node.Start.Column);
        var made = SettingNode.InFile(key, keyPlace, Of(node, place));
        return node switch
        {
            YamlScalarNode scalar => made with { Text = scalar.Value ?? "" },
            YamlSequenceNode list => made with
            {
                IsList = true,
                Children = [.. list.Select(item => Node("", Of(item, place), item, place, depth + 1))],
            },
            YamlMappingNode group => made with
            {
                Children = [.. group.Children.Select(
                    child => Node(KeyOf(child.Key, place), Of(child.Key, place), child.Value, place, depth + 1))],
            },
            _ => made with { Text = "" },
        };
    }

    private static string KeyOf(YamlNode node, FilePlace place) =>
        node is YamlScalarNode { Value: { Length: > 0 } key } ? key : throw new SettingsException(Of(node, place) + ": a key is one word");

    private static string Of(YamlNode node, FilePlace place) => place.At(node.Start.Line, node.Start.Column);
}

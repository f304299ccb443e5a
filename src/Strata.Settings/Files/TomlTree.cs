using Strata.Settings.Reading;
using Tomlyn;
using Tomlyn.Parsing;
using Tomlyn.Syntax;

namespace Strata.Settings.Files;

/// <summary>
/// A TOML file as nodes: tables are groups, dotted names are groups in groups, and tables of the same name in double brackets are a list.
/// </summary>
internal sealed class TomlTree(FilePlace place)
{
    public static SettingNode? Parse(string toml, FilePlace place)
    {
        var document = Syntax(toml, place);
        if (document.HasErrors)
        {
            var error = document.Diagnostics.First(message => message.Kind == DiagnosticMessageKind.Error);
            throw place.NotA("TOML", error.Span.Start.Line + 1, error.Span.Start.Column + 1, error.Message);
        }

        return new TomlTree(place).Read(document);
    }

    // Faults are in the document, but for nesting that the library does not follow.
    private static DocumentSyntax Syntax(string toml, FilePlace place)
    {
        try
        {
            return SyntaxParser.Parse(toml);
        }
        catch (TomlException e)
        {
            throw place.NotA("TOML", e.Line ?? 1, e.Column ?? 1, e.Message, e);
        }
    }

    private SettingNode Read(DocumentSyntax document)
    {
        var root = new Group("", place.At(1, 1));
        foreach (var pair in document.KeyValues)
            Add(root, pair);
        foreach (var table in document.Tables)
        {
            var group = Open(root, table.Name!, isItem: table is TableArraySyntax);
            foreach (var pair in table.Items)
                Add(group, pair);
        }

        return root.ToNode(depth: 0, place);
    }

    private void Add(Group group, KeyValueSyntax pair)
    {
        var parts = Parts(pair.Key!);
        var into = parts[..^1].Aggregate(group, (inner, part) => inner.Child(part.Name, part.Place));
        into.Children.Add(Value(parts[^1].Name, parts[^1].Place, pair.Value!));
    }

    private Group Open(Group root, KeySyntax name, bool isItem)
    {
        var parts = Parts(name);
        var group = parts.Aggregate(root, (inner, part) => inner.Child(part.Name, part.Place));
        if (!isItem)
            return group;
        group.IsList = true;
        var item = new Group("", parts[^1].Place);
        group.Children.Add(item);
        return item;
    }

    private Group Value(string key, string keyPlace, ValueSyntax value)
    {
        var made = new Group(key, keyPlace, Of(value));
        switch (value)
        {
            case InlineTableSyntax table:
                foreach (var item in table.Items)
                    Add(made, item.KeyValue!);
                break;
            case ArraySyntax array:
                made.IsList = true;
                made.Children.AddRange(array.Items.Select(item => Value("", Of(item.Value!), item.Value!)));
                break;
            case StringValueSyntax text:
                made.Text = text.Value ?? "";
                break;
            default:
                made.Text = value.ToString()!.Trim();
                break;
        }

        return made;
    }

    private (string Name, string Place)[] Parts(KeySyntax key) =>
        [(NameOf(key.Key!), Of(key.Key!)), .. key.DotKeys.Select(part => (NameOf(part.Key!), Of(part.Key!)))];

    private static string NameOf(BareKeyOrStringValueSyntax key) =>
        key is StringValueSyntax text ? text.Value ?? "" : key.ToString()!.Trim();

    private string Of(SyntaxNodeBase node) => place.At(node.Span.Start.Line + 1, node.Span.Start.Column + 1);

    // Tables may be opened in any order, so a node grows while the file is read.
    private sealed class Group(string key, string keyPlace, string? valuePlace = null)
    {
        public string? Text { get; set; }

        public bool IsList { get; set; }

        public List<Group> Children { get; } = [];

        public Group Child(string name, string at)
        {
            var found = Children.LastOrDefault(child => child.Key == name);
            if (found is null)
                Children.Add(found = new Group(name, at));
            return found is { IsList: true, Children: [.., var last] } ? last : found;
        }

        public SettingNode ToNode(int depth, FilePlace place)
        {
            place.CheckDepth(depth, 1, 1);
            return SettingNode.InFile(Key, keyPlace, valuePlace ?? keyPlace) with
            {
                Text = Text,
                IsList = IsList,
                Children = [.. Children.Select(child => child.ToNode(depth + 1, place))],
            };
        }

        private string Key => key;
    }
}

namespace Strata.Reducing.Rows;

/// <summary>The items of an array, or the members of a map, as rows; nested objects become columns with dotted names.</summary>
internal sealed class JsonRows(string text)
{
    private const int MostColumns = 64;
    private const int MostDepth = 4;

    private readonly Node _root = new("", null);
    private readonly List<TableColumn> _columns = [];

    public List<(int Start, int Length)> Rows { get; } = [];

    public IReadOnlyList<TableColumn> Columns => _columns;

    public void Add(Range value)
    {
        Rows.Add((value.Start.Value, value.End.Value - value.Start.Value));
        AddCells(_root, value, depth: 0);
    }

    /// <summary>A member of a map: its key is the first column.</summary>
    public void Add(Range name, Range value)
    {
        Rows.Add((name.Start.Value, value.End.Value - name.Start.Value));
        AddCell(_root.Child(text, "key", MostColumns)!, name);
        AddCells(text[value.Start.Value] == '{' ? _root : _root.Child(text, "value", MostColumns)!, value, depth: 0);
    }

    private void AddCells(Node node, Range value, int depth)
    {
        var kind = text[value.Start.Value];
        if (depth < MostDepth && kind == '{' && value.End.Value - value.Start.Value > 2)
        {
            foreach (var (name, member) in JsonScan.Parts(text, value))
            {
                if (node.Child(text, text.AsSpan(name), MostColumns) is { } child)
                    AddCells(child, member, depth + 1);
            }
        }
        else if (depth == 0 && kind == '[')
        {
            var index = 0;
            foreach (var (_, item) in JsonScan.Parts(text, value))
            {
                if (index == MostColumns || node.Child(text, Index(index++), MostColumns) is not { } child)
                    break;
                AddCell(child, item);
            }
        }
        else
        {
            AddCell(node, value);
        }
    }

    private void AddCell(Node node, Range value)
    {
        if (node.Column is null)
        {
            if (_columns.Count == MostColumns)
                return;
            _columns.Add(node.Column = new TableColumn(text, node.Path));
        }

        node.Column.Add(Rows.Count - 1, value.Start.Value, value.End.Value - value.Start.Value);
    }

    private static string Index(int index) => index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Node(string name, Node? parent)
    {
        private readonly List<Node> _children = [];
        private int _expected;

        public TableColumn? Column { get; set; }

        public string Path => parent is null || parent.Path.Length == 0 ? (name.Length == 0 ? "value" : name) : $"{parent.PathBelow}{name}";

        private string PathBelow => parent is null ? "" : $"{parent.PathBelow}{name}.";

        // Objects of one array have their members in the same order: the next one is the expected one.
        public Node? Child(string text, ReadOnlySpan<char> child, int most)
        {
            for (var i = 0; i < _children.Count; i++)
            {
                var at = (_expected + i) % _children.Count;
                if (_children[at].Is(child))
                {
                    _expected = at + 1;
                    return _children[at];
                }
            }

            if (_children.Count >= most)
                return null;
            _children.Add(new Node(child.ToString(), this));
            _expected = _children.Count;
            return _children[^1];
        }

        private bool Is(ReadOnlySpan<char> other) => other.SequenceEqual(name);
    }
}

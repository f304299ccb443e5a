using System.Globalization;
using System.Text;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Searches;

/// <summary>A list of paths, one a line, as a folder a line.</summary>
internal sealed class PathList
{
    private const int LongestPath = 400;
    private const int MostRemarks = 3;
    private const int MostExtensions = 6;

    private readonly List<string> _remarks = [];
    private readonly Dictionary<string, List<string>> _namesOf = new(StringComparer.Ordinal);
    private readonly List<string> _folders = [];

    public int Count { get; private set; }

    /// <summary>Null when the lines are no paths.</summary>
    public static PathList? Parse(TextLines lines)
    {
        var list = new PathList();
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i].Trim();
            if (line.IsEmpty)
                continue;
            if (IsPath(line))
                list.Add(line);
            else if (list._remarks.Count < MostRemarks && line.Length <= LongestPath && line[0] != '…')
                list._remarks.Add(line.ToString());
            else
                return null;
        }

        return list._folders.Count > 0 ? list : null;
    }

    /// <summary>The list by folder; null when it does not fit or is not smaller.</summary>
    public string? Write(int maxChars)
    {
        var before = _folders.Sum(folder => _namesOf[folder].Sum(name => folder.Length + name.Length + 1));
        foreach (var names in (ReadOnlySpan<int>)[40, 12, 4, 0])
        {
            if (Text(names) is { } text && text.Length <= maxChars && text.Length < before)
                return text;
        }

        return null;
    }

    private static bool IsPath(ReadOnlySpan<char> line)
    {
        if (line.Length is < 2 or > LongestPath || line.ContainsAny('"', '\t') || line.ContainsAny(':', ';', '=') && line[1] != ':')
            return false;
        return line.ContainsAny('/', '\\') && !line.Contains(' ') && (char.IsLetterOrDigit(line[^1]) || line[^1] is '/' or '_' or ')');
    }

    private void Add(ReadOnlySpan<char> path)
    {
        var cut = path[..^1].LastIndexOfAny('/', '\\') + 1;
        var lookup = _namesOf.GetAlternateLookup<ReadOnlySpan<char>>();
        if (!lookup.TryGetValue(path[..cut], out var names))
        {
            lookup[path[..cut]] = names = [];
            _folders.Add(path[..cut].ToString());
        }

        names.Add(path[cut..].ToString());
        Count++;
    }

    private string Text(int most)
    {
        var written = new StringBuilder();
        foreach (var remark in _remarks)
            written.Append(remark).Append('\n');
        var root = Root();
        if (root.Length > 0)
            written.Append("in ").Append(root).Append('\n');
        foreach (var folder in _folders)
            WriteFolder(written, folder[root.Length..], _namesOf[folder], most);
        written.Length--;
        return written.ToString();
    }

    private static void WriteFolder(StringBuilder written, string folder, List<string> names, int most)
    {
        written.Append(folder.Length == 0 ? "./" : folder);
        if (names.Count <= most + 1)
        {
            written.Append(": ").AppendJoin(", ", names).Append('\n');
            return;
        }

        var extensions = names.CountBy(Extension).OrderByDescending(pair => pair.Value).ToList();
        written.Append(CultureInfo.InvariantCulture, $" {names.Count:N0} files (");
        written.AppendJoin(
            ", ", extensions.Take(MostExtensions)
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value:N0} {pair.Key}")));
        written.Append(extensions.Count > MostExtensions ? ", …): " : "): ");
        var alone = extensions.Where(pair => pair.Value == 1).Select(pair => pair.Key).ToHashSet(StringComparer.Ordinal);
        // Lists come newest first from some tools and by name from others; the first few say which.
        var shown = names.Where((name, i) => i < most || alone.Contains(Extension(name))).ToList();
        written.AppendJoin(", ", shown);
        written.Append(shown.Count == 0 ? "…" : shown.Count < names.Count ? ", …" : "").Append('\n');
    }

    private string Root()
    {
        var root = _folders[0];
        foreach (var folder in _folders)
        {
            var common = root.AsSpan().CommonPrefixLength(folder);
            if (common < root.Length)
                root = root[..(root.AsSpan(0, common).LastIndexOfAny('/', '\\') + 1)];
        }

        return root;
    }

    private static string Extension(string name)
    {
        if (name[^1] is '/' or '\\')
            return "folders";
        var dot = name.LastIndexOf('.');
        return dot > 0 && name.Length - dot < 12 ? name[dot..] : "without extension";
    }
}

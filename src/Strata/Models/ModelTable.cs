using System.Text;

namespace Strata.Models;

/// <summary>The rows of one source, found by spelling.</summary>
/// <remarks>
/// Looking up one model is on the way to the first compaction of every process, so an embedded file is not parsed: one pass hashes the
/// names of its lines, and a row is read when a name asks for it.
/// </remarks>
internal sealed class ModelTable
{
    /// <summary>Longer names are spelled on the heap.</summary>
    private const int UsualName = 128;

    private const int ByProviderAndIdKind = 0, ByIdKind = 1, ByLastSegmentKind = 2, UndatedKind = 3, Kinds = 4;

    private readonly List<(byte[] Json, Range Line, string Source)> _lines;
    private readonly ModelInfo?[] _rows;

    // A hash table of chains: the first entry of a bucket, and the entry after each; an entry is row × kinds + kind.
    private readonly int[] _first;
    private readonly int[] _next;
    private readonly ulong[] _hashes;

    public ModelTable(IReadOnlyList<ModelInfo> models)
        : this([], [.. models])
    {
        for (var row = 0; row < _rows.Length; row++)
            Index(row, _rows[row]!.Provider, _rows[row]!.Id);
    }

    private ModelTable(List<(byte[] Json, Range Line, string Source)> lines, ModelInfo?[] rows)
    {
        _lines = lines;
        _rows = rows;
        _first = new int[Math.Max(16, (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)(rows.Length * Kinds)))];
        _next = new int[rows.Length * Kinds];
        _hashes = new ulong[rows.Length * Kinds];
        Array.Fill(_first, -1);
    }

    public static ModelTable Empty { get; } = new([]);

    public int Count => _rows.Length;

    public ModelInfo this[int row] => _rows[row] ??= ModelFile.ReadRow(_lines[row].Json.AsSpan(_lines[row].Line), _lines[row].Source);

    /// <summary>Whether this very row is one of the table.</summary>
    public bool Contains(ModelInfo model) => Array.Exists(_rows, row => ReferenceEquals(row, model));

    /// <summary>Reads embedded files of one model a line.</summary>
    public static ModelTable FromResources(params ReadOnlySpan<string> names)
    {
        var lines = new List<(byte[] Json, Range Line, string Source)>(1100);
        foreach (var name in names)
        {
            var json = ModelResources.Read(name);
            var source = Value(json, "\"source\":\""u8);
            for (int start = json.AsSpan().IndexOf((byte)'\n') + 1, end; start < json.Length; start = end + 1)
            {
                end = start + json.AsSpan(start).IndexOf((byte)'\n');
                if (json[start] == '{')
                    lines.Add((json, start..(json[end - 1] == ',' ? end - 1 : end), source));
            }
        }

        var table = new ModelTable(lines, new ModelInfo?[lines.Count]);
        for (var row = 0; row < lines.Count; row++)
        {
            var line = lines[row].Json.AsSpan(lines[row].Line);
            table.Index(row, Value(line, "\"provider\":\""u8), Value(line, "\"id\":\""u8));
        }

        return table;
    }

    public List<ModelInfo> ByProviderAndId(string provider, string id) =>
        Find(ByProviderAndIdKind, ModelName.Canonical(provider) + "/" + ModelName.Canonical(id));

    public List<ModelInfo> ById(string id) => Find(ByIdKind, ModelName.Canonical(id));

    public List<ModelInfo> ByLastSegment(string name) => Find(ByLastSegmentKind, ModelName.Canonical(name));

    /// <summary>Models whose name is <paramref name="name"/> and a date; those of the newest date.</summary>
    public List<ModelInfo> Dated(string name)
    {
        var rows = Find(UndatedKind, ModelName.Canonical(name));
        if (rows.Count < 2)
            return rows;
        var newest = rows.Select(model => model.Released ?? "").Max(StringComparer.Ordinal);
        return rows.FindAll(model => string.Equals(model.Released ?? "", newest, StringComparison.Ordinal));
    }

    private List<ModelInfo> Find(int kind, string canonical)
    {
        var found = new List<ModelInfo>();
        var hash = Hash(canonical, kind);
        for (var entry = _first[(int)(hash & (ulong)(_first.Length - 1))]; entry >= 0; entry = _next[entry])
        {
            if (_hashes[entry] == hash && string.Equals(Key(this[entry / Kinds], kind), canonical, StringComparison.Ordinal))
                found.Add(this[entry / Kinds]);
        }

        // Chains grow at the front; the order of the source is the order of the answer.
        found.Reverse();
        return found;
    }

    private static string? Key(ModelInfo model, int kind) => kind switch
    {
        ByProviderAndIdKind => model.Provider is null ? null : ModelName.Canonical(model.Provider) + "/" + ModelName.Canonical(model.Id),
        ByIdKind => ModelName.Canonical(model.Id),
        ByLastSegmentKind => ModelName.Canonical(ModelName.LastSegment(model.Id)),
        _ => ModelName.WithoutDate(ModelName.LastSegment(model.Id)) is { } undated ? ModelName.Canonical(undated) : null,
    };

    private void Index(int row, ReadOnlySpan<char> provider, ReadOnlySpan<char> id)
    {
        var usual = provider.Length + id.Length <= UsualName;
        Span<char> buffer = usual ? stackalloc char[2 * UsualName] : new char[2 * id.Length];
        Span<char> both = usual ? stackalloc char[2 * UsualName + 1] : new char[2 * (provider.Length + id.Length) + 1];
        var canonical = ModelName.Canonical(id, buffer);
        Add(row, ByIdKind, canonical);
        Add(row, ByLastSegmentKind, canonical[(canonical.LastIndexOf('/') + 1)..]);
        if (!provider.IsEmpty)
        {
            var length = ModelName.Canonical(provider, both).Length;
            both[length++] = '/';
            canonical.CopyTo(both[length..]);
            Add(row, ByProviderAndIdKind, both[..(length + canonical.Length)]);
        }

        var last = id[(id.LastIndexOf('/') + 1)..];
        if (ModelName.DateAt(last) is > 0 and var date)
            Add(row, UndatedKind, ModelName.Canonical(last[..date], buffer));
    }

    private void Add(int row, int kind, ReadOnlySpan<char> canonical)
    {
        var entry = row * Kinds + kind;
        var hash = _hashes[entry] = Hash(canonical, kind);
        ref var first = ref _first[(int)(hash & (ulong)(_first.Length - 1))];
        (_next[entry], first) = (first, entry);
    }

    /// <summary>
    /// The hash of strings is keyed by the process, so names cannot be chosen to collide; the kind keeps the four indexes apart.
    /// </summary>
    private static ulong Hash(ReadOnlySpan<char> canonical, int kind) =>
        ((ulong)(uint)string.GetHashCode(canonical, StringComparison.Ordinal) << 2 | (uint)kind) * 0x9E3779B97F4A7C15 >> 20;

    /// <summary>
    /// The string after <paramref name="property"/>, which in the embedded files has no escapes; empty when the property is missing.
    /// </summary>
    private static string Value(ReadOnlySpan<byte> line, ReadOnlySpan<byte> property)
    {
        var at = line.IndexOf(property);
        if (at < 0)
            return "";
        line = line[(at + property.Length)..];
        return Encoding.UTF8.GetString(line[..line.IndexOf((byte)'"')]);
    }
}

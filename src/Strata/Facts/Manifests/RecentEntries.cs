using System.Diagnostics.CodeAnalysis;

namespace Strata.Facts.Manifests;

/// <summary>Entries by key, each once, in the order of their last use; beyond <paramref name="most"/> the oldest leave.</summary>
internal sealed class RecentEntries<T>(int most)
    where T : class
{
    private readonly Dictionary<string, LinkedListNode<KeyValuePair<string, T>>> _nodes = new(StringComparer.Ordinal);
    private readonly LinkedList<KeyValuePair<string, T>> _order = [];

    public IEnumerable<T> Values => _order.Select(entry => entry.Value);

    public IEnumerable<string> Keys => _nodes.Keys;

    public T? Find(string key) => _nodes.TryGetValue(key, out var node) ? node.Value.Value : null;

    /// <summary>Makes it the newest.</summary>
    public void Put(string key, T entry)
    {
        if (_nodes.TryGetValue(key, out var known))
            _order.Remove(known);
        _nodes[key] = _order.AddLast(KeyValuePair.Create(key, entry));
        if (_order.Count <= most)
            return;
        _nodes.Remove(_order.First!.Value.Key);
        _order.RemoveFirst();
    }

    /// <summary>Changes an entry where it stands.</summary>
    public void Update(string key, T entry)
    {
        if (_nodes.TryGetValue(key, out var node))
            node.Value = KeyValuePair.Create(key, entry);
    }

    public bool Remove(string key, [NotNullWhen(true)] out T? entry)
    {
        entry = null;
        if (!_nodes.Remove(key, out var node))
            return false;
        entry = node.Value.Value;
        _order.Remove(node);
        return true;
    }
}

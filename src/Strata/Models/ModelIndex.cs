namespace Strata.Models;

/// <summary>The rows of a catalogue by spelling.</summary>
internal sealed class ModelIndex
{
    private readonly Dictionary<string, List<ModelInfo>> _byProviderAndId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ModelInfo>> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ModelInfo>> _byLastSegment = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ModelInfo>> _undated = new(StringComparer.Ordinal);

    public ModelIndex(IEnumerable<ModelInfo> models)
    {
        foreach (var model in models)
        {
            var id = ModelName.Canonical(model.Id);
            var last = ModelName.LastSegment(model.Id);
            if (model.Provider is { } provider)
                Add(_byProviderAndId, ModelName.Canonical(provider) + "/" + id, model);
            Add(_byId, id, model);
            Add(_byLastSegment, last.Length == model.Id.Length ? id : ModelName.Canonical(last), model);
            if (ModelName.WithoutDate(last) is { } undated)
                Add(_undated, ModelName.Canonical(undated), model);
        }
    }

    public IReadOnlyList<ModelInfo> ByProviderAndId(string provider, string id) =>
        Get(_byProviderAndId, ModelName.Canonical(provider) + "/" + ModelName.Canonical(id));

    public IReadOnlyList<ModelInfo> ById(string id) => Get(_byId, ModelName.Canonical(id));

    public IReadOnlyList<ModelInfo> ByLastSegment(string name) => Get(_byLastSegment, ModelName.Canonical(name));

    /// <summary>Models whose name is <paramref name="name"/> and a date; those of the newest date.</summary>
    public IReadOnlyList<ModelInfo> Dated(string name)
    {
        var rows = Get(_undated, ModelName.Canonical(name));
        if (rows.Count < 2)
            return rows;
        var newest = rows.Select(model => model.Released ?? "").Max(StringComparer.Ordinal)!;
        return [.. rows.Where(model => string.Equals(model.Released ?? "", newest, StringComparison.Ordinal))];
    }

    private static IReadOnlyList<ModelInfo> Get(Dictionary<string, List<ModelInfo>> index, string key) =>
        index.TryGetValue(key, out var models) ? models : [];

    private static void Add(Dictionary<string, List<ModelInfo>> index, string key, ModelInfo model)
    {
        if (index.TryGetValue(key, out var models))
            models.Add(model);
        else
            index.Add(key, [model]);
    }
}

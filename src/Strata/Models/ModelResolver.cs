using System.Globalization;

namespace Strata.Models;

/// <summary>Finds the row a name means; docs/models.md states the order.</summary>
internal sealed class ModelResolver
{
    private readonly ModelIndex _overrides;
    private readonly ModelIndex _seed;
    private readonly ModelIndex _listed;

    public ModelResolver(IReadOnlyList<ModelInfo> overrides, IReadOnlyList<ModelInfo> seed, IReadOnlyList<ModelInfo> listed)
    {
        _overrides = new(overrides);
        _seed = new(seed);
        _listed = new(listed);
    }

    public ModelMatch Find(string? name)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
            return Unknown("", "No model was named");
        if (name[0] == '<')
            return Unknown(name, $"{name} marks a message that no model wrote");

        return Overridden(name)
            ?? Prefixed(name)
            ?? Family(name)
            ?? Unknown(name, $"Nothing is known about {name}");
    }

    private ModelMatch? Overridden(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var rows = slash > 0 ? _overrides.ByProviderAndId(ModelNames.Default.Provider(name[..slash]), name[(slash + 1)..]) : [];
        var kind = rows.Count > 0 ? ModelMatchKind.ProviderAndId : ModelMatchKind.Exact;
        if (rows.Count == 0)
            rows = _overrides.ById(name);
        return rows.Count == 0 ? null : new(rows[0], kind, $"{name} is overridden by {rows[0].Source}");
    }

    /// <summary>Takes the segments before the name for providers, one after the other, and tries the rest each time.</summary>
    private ModelMatch? Prefixed(string name)
    {
        if (!name.Contains('/', StringComparison.Ordinal) && Choose(name, _seed.ById(name), []) is { } seed)
            return seed;

        var providers = new List<string>();
        for (var rest = name; ;)
        {
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
                return Reduced(name, rest, providers);
            var provider = ModelNames.Default.Provider(rest[..slash]);
            var id = rest[(slash + 1)..];
            if (_listed.ByProviderAndId(provider, id) is { Count: > 0 } own)
                return new(own[0], ModelMatchKind.ProviderAndId, $"{name} is {own[0].Id} of {provider}");
            if (Choose(name, _listed.ById(rest), providers) is { } whole)
                return whole;
            providers.Add(provider);
            rest = id;
        }
    }

    /// <summary>Takes away what names carry at their end, one thing at a time, until a row is found.</summary>
    private ModelMatch? Reduced(string name, string rest, List<string> providers)
    {
        var kind = providers.Count > 0 ? ModelMatchKind.ProviderAndId : ModelMatchKind.Exact;
        int? window = null;
        var current = ModelNames.Default.WithoutVendor(rest);
        if (current.Length < rest.Length)
        {
            kind = ModelMatchKind.ProviderAndId;
            current = ModelName.WithoutBedrockVersion(current) ?? current;
        }

        while (current.Length > 0)
        {
            if (Choose(name, Rows(current), providers, kind) is { } match)
                return Windowed(match, window);
            if (Choose(name, _listed.Dated(current), providers, ModelMatchKind.Dated) is { } dated)
                return Windowed(dated, window);
            foreach (var expansion in ModelNames.Default.Expansions)
            {
                if (Choose(name, Rows(current + expansion), providers, ModelMatchKind.Suffixed) is { } expanded)
                    return Windowed(expanded, window);
            }

            if (ModelName.WithoutDate(current) is { } undated)
                (current, kind) = (undated, kind == ModelMatchKind.Suffixed ? kind : ModelMatchKind.Dated);
            else if (Suffix(current) is { } suffix)
                (current, kind, window) = (current[..^suffix.Text.Length], ModelMatchKind.Suffixed, window ?? suffix.Window);
            else if ((ModelName.WithoutQuantization(current) ?? ModelName.WithoutBedrockVersion(current) ?? ModelName.WithoutTag(current)) is { } shorter)
                (current, kind) = (shorter, ModelMatchKind.Suffixed);
            else
                break;
        }

        return null;
    }

    private IReadOnlyList<ModelInfo> Rows(string name) =>
        _overrides.ByLastSegment(name) is { Count: > 0 } overrides ? overrides
        : _listed.ByLastSegment(name) is { Count: > 0 } listed ? listed
        : _seed.ByLastSegment(name);

    private static ModelSuffix? Suffix(string name) =>
        ModelNames.Default.Suffixes.FirstOrDefault(suffix => name.Length > suffix.Text.Length && name.EndsWith(suffix.Text, StringComparison.OrdinalIgnoreCase));

    private static ModelMatch Windowed(ModelMatch match, int? window) => window is null || window == match.Model.Window
        ? match
        : match with
        {
            Model = match.Model with { Window = window.Value, Source = "suffix of the name", LimitsSource = match.Model.LimitsSource, PricesSource = match.Model.PricesSource },
            Reason = $"{match.Reason}; its suffix asks for a window of {Number(window.Value)}",
        };

    /// <summary>Of several providers: the one that was named, else the model's own vendor, else the smallest window.</summary>
    private static ModelMatch? Choose(string name, IReadOnlyList<ModelInfo> rows, IReadOnlyList<string> providers, ModelMatchKind kind = ModelMatchKind.Exact)
    {
        if (rows.Count == 0)
            return null;

        var vendors = ModelFamilies.Default.For(rows[0].Id).Vendors;
        var chosen = rows.FirstOrDefault(row => providers.Contains(row.Provider, StringComparer.OrdinalIgnoreCase))
            ?? rows.Where(row => vendors.Contains(row.Provider, StringComparer.Ordinal)).MinBy(row => row.Window)
            ?? rows.MinBy(row => row.Window)!;
        var reason = Reason(name, chosen, kind);
        var (smallest, largest) = (rows.Min(row => row.Window), rows.Max(row => row.Window));
        if (smallest == largest)
            return new(chosen, kind, reason);

        var choice = providers.Contains(chosen.Provider, StringComparer.OrdinalIgnoreCase) ? $"that of {chosen.Provider}, which was named"
            : vendors.Contains(chosen.Provider, StringComparer.Ordinal) ? $"that of its own vendor, {chosen.Provider}"
            : "the smallest, because none is its own vendor";
        return new(chosen, kind, $"{reason}; of windows between {Number(smallest)} and {Number(largest)} at {rows.Count} providers, {choice}, is taken");
    }

    private static string Reason(string name, ModelInfo model, ModelMatchKind kind) => kind switch
    {
        ModelMatchKind.Dated => ModelName.WithoutDate(ModelName.LastSegment(model.Id)) is null
            ? $"{name} is a dated name of {model.Id}"
            : $"{name} is the undated or otherwise dated name of {model.Id}",
        ModelMatchKind.Suffixed => $"{name} is {model.Id} with a suffix or without one",
        ModelMatchKind.ProviderAndId => $"{name} is {model.Id}" + (model.Provider is null ? "" : $" of {model.Provider}"),
        _ when string.Equals(name, model.Id, StringComparison.OrdinalIgnoreCase) => $"{name} is in the catalogue ({model.Source})",
        _ => $"{name} is another spelling of {model.Id}",
    };

    private static ModelMatch? Family(string name)
    {
        var last = ModelName.LastSegment(name);
        var family = ModelFamilies.Default.Find(ModelNames.Default.WithoutVendor(last)) ?? ModelFamilies.Default.Find(last);
        if (family is null)
            return null;
        var suffix = ModelNames.Default.Suffixes.FirstOrDefault(s => s.Window is not null && name.EndsWith(s.Text, StringComparison.OrdinalIgnoreCase));
        var window = suffix?.Window ?? family.Window;
        var model = Guess(last, window, $"family rule {family.Match}") with { Provider = family.Vendors.FirstOrDefault(), Tokenizer = family.Tokenizer, Framing = family.Framing };
        return new(model, ModelMatchKind.Family, $"{name} is not in the catalogue; models named {family.Match} are taken to have a window of {Number(window)}");
    }

    private static ModelMatch Unknown(string name, string why)
    {
        var window = ModelFamilies.Default.Unknown.Window;
        return new(
            Guess(name, window, "default for unknown models"),
            ModelMatchKind.Default,
            $"{why}; the default window of {Number(window)} tokens is used. Name the window to change it");
    }

    private static ModelInfo Guess(string id, int window, string source) => new() { Id = id, Window = window, Source = source };

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}

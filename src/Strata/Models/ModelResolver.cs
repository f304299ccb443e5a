using System.Globalization;

namespace Strata.Models;

/// <summary>Finds the row a name means; docs/models.md states the order.</summary>
internal sealed class ModelResolver(ModelTable overrides, ModelTable seed, ModelTable listed)
{
    /// <summary>
    /// The model a name means, with what the table of the <c>smart</c> profile leaves out taken from the model it stands for.
    /// </summary>
    public ModelMatch Find(string? name)
    {
        var match = Resolve(name);
        return seed.Contains(match.Model)
            && WithoutSeed(match.Model.Id) is { Kind: ModelMatchKind.Exact or ModelMatchKind.Dated } listing
            ? match with { Model = ModelCatalogue.Complete(match.Model, listing.Model) }
            : match;
    }

    private ModelMatch WithoutSeed(string id) => new ModelResolver(ModelTable.Empty, ModelTable.Empty, listed).Resolve(id);

    private ModelMatch Resolve(string? name)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name))
            return Unknown("", "No model was named");
        if (name[0] == '<')
            return Unknown(name, $"{name} marks a message that no model wrote");

        return Overridden(name)
            ?? Tier(name)
            ?? Prefixed(name)
            ?? Family(name)
            ?? Unknown(name, $"Nothing is known about {name}");
    }

    private ModelMatch? Overridden(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        var rows = slash > 0 ? overrides.ByProviderAndId(ModelNames.Default.Provider(name[..slash]), name[(slash + 1)..]) : [];
        var kind = rows.Count > 0 ? ModelMatchKind.ProviderAndId : ModelMatchKind.Exact;
        if (rows.Count == 0)
            rows = overrides.ById(name);
        return rows.Count == 0 ? null : new(rows[0], kind, $"{name} is overridden by {rows[0].Source}");
    }

    private static ModelMatch? Tier(string name) => ModelTiers.Find(name) is { } tier
        ? new(
            new ModelInfo { Id = tier.Name, Window = tier.Window, Source = "table of the tiered profile" }, ModelMatchKind.Exact,
            $"{tier.Name} is a tier, whatever model stands behind it")
        : null;

    /// <summary>Takes the segments before the name for providers, one after the other, and tries the rest each time.</summary>
    private ModelMatch? Prefixed(string name)
    {
        if (!name.Contains('/', StringComparison.Ordinal) && Choose(name, seed.ById(name), []) is { } known)
            return known;

        var providers = new List<string>();
        for (var rest = name; ;)
        {
            var slash = rest.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0)
                return Reduced(name, rest, providers);
            var provider = ModelNames.Default.Provider(rest[..slash]);
            var id = rest[(slash + 1)..];
            if (listed.ByProviderAndId(provider, id) is { Count: > 0 } own)
                return new(own[0], ModelMatchKind.ProviderAndId, $"{name} is {own[0].Id} of {provider}");
            if (Choose(name, listed.ById(rest), providers) is { } whole)
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
        rest = ModelNames.Default.WithoutPrefix(rest);
        if (Choose(name, listed.ById(rest), providers, kind) is { } exact)
            return exact;
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
            if (Choose(name, listed.Dated(current), providers, ModelMatchKind.Dated) is { } dated)
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
            else if ((ModelName.WithoutQuantization(current)
                ?? ModelName.WithoutBedrockVersion(current) ?? ModelName.WithoutTag(current)) is { } shorter)
                (current, kind) = (shorter, ModelMatchKind.Suffixed);
            else
                break;
        }

        return null;
    }

    private List<ModelInfo> Rows(string name) =>
        overrides.ByLastSegment(name) is { Count: > 0 } overriding ? overriding
        : listed.ByLastSegment(name) is { Count: > 0 } own ? own
        : seed.ByLastSegment(name);

    private static ModelSuffix? Suffix(string name) =>
        ModelNames.Default.Suffixes
            .Find(suffix => name.Length > suffix.Text.Length && name.EndsWith(suffix.Text, StringComparison.OrdinalIgnoreCase));

    private static ModelMatch Windowed(ModelMatch match, int? window) => window is null || window == match.Model.Window
        ? match
        : match with
        {
            Model = match.Model with
            {
                Window = window.Value,
                Source = "suffix of the name",
                LimitsSource = match.Model.LimitsSource,
                PricesSource = match.Model.PricesSource
            },
            Reason = $"{match.Reason}; its suffix asks for a window of {Number(window.Value)}",
        };

    /// <summary>Of several providers: the one that was named, else the model's own vendor, else the smallest window.</summary>
    private static ModelMatch? Choose(string name, List<ModelInfo> rows, List<string> providers, ModelMatchKind kind = ModelMatchKind.Exact)
    {
        if (rows.Count == 0)
            return null;

        var vendors = ModelFamilies.Default.For(rows[0].Id).Vendors;
        ModelInfo? named = null, own = null;
        ModelInfo smallest = rows[0], largest = rows[0];
        foreach (var row in rows)
        {
            if (row.Provider is { } provider && providers.Contains(provider))
                named ??= row;
            else if (row.Provider is { } vendor && vendors.Contains(vendor) && (own is null || row.Window < own.Window))
                own = row;
            smallest = row.Window < smallest.Window ? row : smallest;
            largest = row.Window > largest.Window ? row : largest;
        }

        var chosen = named ?? own ?? smallest;
        var reason = Reason(name, chosen, kind);
        if (smallest.Window == largest.Window)
            return new(chosen, kind, reason);

        var choice = named is not null ? $"that of {named.Provider}, which was named"
            : own is not null ? $"that of its own vendor, {own.Provider}"
            : "the smallest, because none is its own vendor";
        return new(
            chosen,
            kind,
            $"{reason}; of windows between {Number(smallest.Window)} and {Number(largest.Window)} at {rows.Count} providers, {choice}, is "
                + "taken");
    }

    private static string Reason(string name, ModelInfo model, ModelMatchKind kind) => kind switch
    {
        ModelMatchKind.Dated => ModelName.WithoutDate(ModelName.LastSegment(model.Id)) is null
            ? $"{name} is a dated name of {model.Id}"
            : $"{name} is the undated or otherwise dated name of {model.Id}",
        ModelMatchKind.Suffixed => $"{name} is a longer or shorter name of {model.Id}",
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
        var suffix =
            ModelNames.Default.Suffixes.Find(s => s.Window is not null && name.EndsWith(s.Text, StringComparison.OrdinalIgnoreCase));
        var window = suffix?.Window ?? family.Window;
        var model = Guess(last, window, $"family rule {family.Match}") with
        {
            Provider = family.Vendors is [var vendor, ..] ? vendor : null,
            Tokenizer = family.Tokenizer,
            Framing = family.Framing
        };
        return new(model, ModelMatchKind.Family,
            $"{name} is not in the catalogue; models named {family.Match} are taken to have a window of {Number(window)}");
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

namespace Strata.Settings;

/// <summary>Reads nodes and keeps what is wrong with them, so that all faults are told at once.</summary>
internal sealed class NodeReading(ICollection<string> problems)
{
    private static readonly string[] Secret =
        ["api_key", "apikey", "api-key", "key", "token", "auth_token", "secret", "password", "authorization"];

    public void Add(string problem) => problems.Add(problem);

    /// <summary>
    /// Sets what a node of one value says. In a configuration section an empty value sets nothing, as variables of the environment are
    /// cleared that way.
    /// </summary>
    public void One(SettingNode node, Action<string> set, bool showText = false)
    {
        if (string.IsNullOrEmpty(node.Text))
        {
            if (node.IsFile || node.Children.Count > 0)
                Add(node.Problem("one value is expected here" + (node.IsFile ? "" : ", not a section.")));
        }
        else if (node.IsFile || !string.IsNullOrWhiteSpace(node.Text))
        {
            Try(node, () => set(node.Text), showText);
        }
    }

    /// <summary>A list of texts, or one text.</summary>
    public void Many(SettingNode node, Action<IReadOnlyList<string>> set)
    {
        if (node.Text is not null || node.Children.Count == 0)
            One(node, text => set([text]));
        else if (node.IsList && node.Children.All(item => item.Text is { Length: > 0 }))
            Try(node, () => set([.. node.Children.Select(item => item.Text!)]));
        else
            Add(node.Problem("a text, or a list of texts, is expected here"));
    }

    public void Try(SettingNode node, Action read, bool showText = false)
    {
        try
        {
            read();
        }
        catch (SettingsException e)
        {
            Add(e.Message);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            Add(node.Problem(e.Message, showText));
        }
    }

    /// <summary>
    /// What is wrong with a key that is none of <paramref name="known"/>. What a key of a provider held is never repeated.
    /// </summary>
    public void Unknown(SettingNode node, string what, IReadOnlyCollection<string> known, string? provider = null)
    {
        if (!Secret.Contains(node.Key, StringComparer.OrdinalIgnoreCase))
        {
            Add($"{node.KeyPlace}: {NearestName.Unknown(what, node.Key, [.. known.Select(node.Spell)])}");
            return;
        }

        var variable = ProviderVariables.Key(provider ?? "anthropic");
        var place = node.IsFile ? "a file" : "configuration";
        var other = provider is null ? ", or that of the provider" : "";
        Add($"{node.KeyPlace}: {place} holds no keys; take '{node.Key}' out and set the environment variable {variable}{other}.");
    }

    /// <summary>Whether keys with values are there; else it is said which are expected.</summary>
    public bool IsGroup(SettingNode node, IEnumerable<string> known)
    {
        if (node.IsGroup)
            return true;
        Add(node.Problem($"keys with values are expected here: {string.Join(", ", known.Select(node.Spell))}"));
        return false;
    }
}

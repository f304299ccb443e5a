using Microsoft.Extensions.Configuration;
using Strata.Models;
using Strata.Providers.Configuration;

namespace Strata.Hosting.Configuration;

/// <summary>Reads a section of an application's configuration: the settings of a <c>strata.yml</c> under the same names, and those of the host.</summary>
internal sealed class ConfigurationReader(StrataOptions options)
{
    private static readonly Dictionary<string, Action<StrataOptions, string>> OfHost = new(StringComparer.Ordinal)
    {
        // Which strategies there are only the container knows.
        ["strategy"] = (options, text) => options.Strategy = text.Trim(),
        ["archive"] = (options, text) => options.Archive = text.Trim(),
        ["tenant"] = (options, text) => options.Tenant = text.Trim(),
        ["redact_secrets"] = (options, text) => options.RedactSecrets = Flag(text),
        ["background_compaction"] = (options, text) => options.Chat = options.Chat with { Background = Flag(text) },
    };

    private static readonly IReadOnlyList<string> Known = [.. SettingKey.All.Select(key => key.Name).Union(OfHost.Keys, StringComparer.Ordinal), "levels", "providers"];

    public void Read(IConfigurationSection section)
    {
        options.Place = section.Path + ":";
        if (!section.Exists())
            options.Problems.Add($"{section.Path}: there is no such section in the configuration. Add it, or call AddStrata without one for the defaults.");
        else if (section.Value is { Length: > 0 })
            options.Problems.Add($"{section.Path}: keys with values are expected here: {string.Join(", ", Known.Select(ConfigurationKeys.Display))}.");
        foreach (var child in section.GetChildren())
            ReadKey(child);
    }

    private void ReadKey(IConfigurationSection section)
    {
        switch (ConfigurationKeys.Find(section.Key, Known))
        {
            case null:
                options.Problems.Add(ConfigurationKeys.Unknown(section, "setting", Known));
                break;
            case "levels":
                foreach (var level in section.GetChildren())
                    ReadLevel(level);
                break;
            case "providers":
                foreach (var provider in section.GetChildren())
                    ReadProvider(provider);
                break;
            case var key when OfHost.TryGetValue(key, out var set):
                Try(section, text => set(options, text));
                break;
            case var key:
                Try(section, text => options.Settings = SettingKey.All.First(known => known.Name == key).Set(options.Settings, text));
                break;
        }
    }

    private void ReadLevel(IConfigurationSection section)
    {
        var (number, level) = LevelReader.Read(section, options.Problems);
        if (number is { } found)
            options.Settings = options.Settings.WithLevel(found, lower => level.Over(lower));
    }

    private void ReadProvider(IConfigurationSection section)
    {
        if (ConfigurationKeys.Find(section.Key, ModelReference.KnownProviders) is not { } provider)
        {
            options.Problems.Add($"{section.Path}: {NearestName.Unknown("provider", section.Key, ModelReference.KnownProviders)}");
            return;
        }

        var address = section;
        foreach (var child in section.GetChildren())
        {
            if (ConfigurationKeys.Find(child.Key, ["base_url"]) is null)
                options.Problems.Add(ConfigurationKeys.Unknown(child, $"setting of {provider}", ["base_url"], provider));
            else
                address = child;
        }

        Try(address, text => options.Settings = options.Settings with
        {
            BaseUrls = new Dictionary<string, string>(options.Settings.BaseUrls, StringComparer.OrdinalIgnoreCase) { [provider] = SettingTexts.BaseUrl(provider, text).Url },
        });
    }

    private void Try(IConfigurationSection section, Action<string> set) => Try(section, options.Problems, set);

    /// <summary>Sets what a section of one value says; a section without a value sets nothing.</summary>
    public static void Try(IConfigurationSection section, ICollection<string> problems, Action<string> set)
    {
        if (section.GetChildren().Any())
        {
            problems.Add($"{section.Path}: one value is expected here, not a section.");
        }
        else if (!string.IsNullOrWhiteSpace(section.Value))
        {
            try
            {
                set(section.Value);
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                problems.Add($"{section.Path}: {e.Message}");
            }
        }
    }

    private static bool Flag(string text) => bool.TryParse(text, out var flag) ? flag : throw new FormatException("give true or false");
}

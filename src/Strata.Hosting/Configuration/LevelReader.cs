using Microsoft.Extensions.Configuration;
using Strata.Providers.Configuration;
using Strata.Ladder.Prompts;

namespace Strata.Hosting.Configuration;

/// <summary>Reads one level of the ladder from configuration.</summary>
internal static class LevelReader
{
    private static readonly string[] Known = ["level", "models", "max_tokens", "timeout", "temperature", "template", "sections"];

    /// <returns>The number is null where it is missing or wrong; that stands in <paramref name="problems"/> then.</returns>
    public static (int? Number, LevelSettings Level) Read(IConfigurationSection section, ICollection<string> problems)
    {
        var level = new LevelSettings();
        int? number = null;
        string? template = null;
        IReadOnlyList<string>? sections = null;
        var before = problems.Count;
        foreach (var child in section.GetChildren())
        {
            switch (ConfigurationKeys.Find(child.Key, Known))
            {
                case "level":
                    One(child, text => number = SettingTexts.Whole(text, 1, 3));
                    break;
                case "models":
                    Many(child, texts => level = level with { Models = [.. texts.SelectMany(SettingTexts.Models)] });
                    break;
                case "max_tokens":
                    One(child, text => level = level with { MaxTokens = SettingTexts.Tokens(text) });
                    break;
                case "timeout":
                    One(child, text => level = level with { Timeout = SettingTexts.Duration(text) });
                    break;
                case "temperature":
                    One(child, text => level = level with { Temperature = SettingTexts.Temperature(text) });
                    break;
                case "template":
                    One(child, text => template = text);
                    break;
                case "sections":
                    Many(child, texts => sections = texts);
                    break;
                default:
                    problems.Add(ConfigurationKeys.Unknown(child, "key of a level", Known));
                    break;
            }
        }

        if (template is not null)
            Try(section.GetSection("Template"), () => level = level with { Template = SummaryTemplate.Parse(template, sections) });
        else if (sections is not null)
            problems.Add($"{section.Path}:Sections: they belong to a template of your own; give Template as well.");
        if (number is null && problems.Count == before)
            problems.Add($"{section.Path}: Level is missing: 1 per turn, 2 per ten turns, 3 whole.");
        return (number, level);

        void One(IConfigurationSection child, Action<string> set) => ConfigurationReader.Try(child, problems, set);

        void Many(IConfigurationSection child, Action<IReadOnlyList<string>> set)
        {
            List<IConfigurationSection> items = [.. child.GetChildren()];
            if (items.Count == 0)
                One(child, text => set([text]));
            else if (items.TrueForAll(item => item.Value is not null))
                Try(child, () => set([.. items.Select(item => item.Value!)]));
            else
                problems.Add($"{child.Path}: a text, or a list of texts, is expected here.");
        }

        void Try(IConfigurationSection child, Action set)
        {
            try
            {
                set();
            }
            catch (Exception e) when (e is FormatException or ArgumentException)
            {
                problems.Add($"{child.Path}: {e.Message}");
            }
        }
    }
}

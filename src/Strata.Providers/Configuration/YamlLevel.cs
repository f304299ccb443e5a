using Strata.Ladder.Prompts;
using YamlDotNet.RepresentationModel;

namespace Strata.Providers.Configuration;

/// <summary>Reads one level of the ladder.</summary>
internal static class YamlLevel
{
    private static readonly string[] Known = ["level", "models", "max_tokens", "timeout", "temperature", "template", "sections"];

    public static (int Number, LevelSettings Level) Read(YamlPlace place, YamlNode node)
    {
        var level = new LevelSettings();
        int? number = null;
        (YamlNode Node, string Text)? template = null;
        IReadOnlyList<string>? sections = null;
        foreach (var (key, value) in new YamlKeys(place, node, "key of a level", Known).Entries)
        {
            place.Try(value, key, () =>
            {
                switch (key)
                {
                    case "level":
                        number = SettingTexts.Whole(place.Text(value, key), 1, 3);
                        break;
                    case "models":
                        level = level with { Models = [.. Texts(place, value, key).SelectMany(SettingTexts.Models)] };
                        break;
                    case "max_tokens":
                        level = level with { MaxTokens = SettingTexts.Tokens(place.Text(value, key)) };
                        break;
                    case "timeout":
                        level = level with { Timeout = SettingTexts.Duration(place.Text(value, key)) };
                        break;
                    case "temperature":
                        level = level with { Temperature = SettingTexts.Temperature(place.Text(value, key)) };
                        break;
                    case "template":
                        template = (value, place.Text(value, key));
                        break;
                    default:
                        sections = Texts(place, value, key);
                        break;
                }
            });
        }

        if (template is { } own)
            place.Try(own.Node, "template", () => level = level with { Template = SummaryTemplate.Parse(own.Text, sections) });
        else if (sections is not null)
            throw place.Fail(node, "sections: they belong to a template of your own; give 'template' as well");
        return (number ?? throw place.Fail(node, "'level' is missing: 1 per turn, 2 per ten turns, 3 whole"), level);
    }

    private static IReadOnlyList<string> Texts(YamlPlace place, YamlNode node, string key) => node is YamlSequenceNode list
        ? [.. list.Select(item => place.Text(item, key))]
        : [place.Text(node, key)];
}

using Strata.Ladder.Prompts;


namespace Strata.Settings.Reading;

/// <summary>Reads one level of the ladder.</summary>
internal static class LevelReader
{
    private static readonly string[] Known = ["level", .. LevelSettings.Rows.Select(row => row.Name), "template", "sections"];

    /// <returns>The number is null where it is missing or wrong; that is a problem then.</returns>
    public static (int? Number, LevelSettings Level) Read(SettingNode node, NodeReading reading)
    {
        var level = new LevelSettings();
        int? number = null;
        var isMissing = true;
        SettingNode? template = null;
        IReadOnlyList<string>? sections = null;
        if (!reading.IsGroup(node, Known))
            return (null, level);
        foreach (var child in node.Children)
        {
            switch (SettingNames.Find(child.Key, Known))
            {
                case null:
                    reading.Unknown(child, "key of a level", Known);
                    break;
                case "level":
                    isMissing = false;
                    reading.One(child, text => number = SettingTexts.Whole(text, 1, 3));
                    break;
                case "models":
                    reading.Many(child, texts => level = level with { Models = [.. texts.SelectMany(SettingTexts.Models)] });
                    break;
                case "template":
                    template = child;
                    break;
                case "sections":
                    reading.Many(child, texts => sections = texts);
                    break;
                case var name:
                    reading.One(child, text => level = LevelSettings.Rows.First(row => row.Name == name).Set(level, text));
                    break;
            }
        }

        if (template is not null)
            reading.One(template, text => level = level with { Template = SummaryTemplate.Parse(text, sections) });
        else if (sections is not null)
            reading.Add(
                node.Problem($"{node.Spell("sections")}: they belong to a template of your own; give '{node.Spell("template")}' as well"));
        if (isMissing)
            reading.Add(node.Problem($"'{node.Spell("level")}' is missing: 1 per turn, 2 per ten turns, 3 whole"));
        return (number, level);
    }
}

using System.Text;
using System.Text.RegularExpressions;
using Strata.Settings.Blocks;

namespace Strata.Settings.Tests;

/// <summary>The tables of docs/configuration.md are those of the code. STRATA_APPROVE=1 writes them anew.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Configuration_TableOfSettings_IsTheOneThatIsRead() => Check("settings", SettingTable.All.Aggregate(
        new StringBuilder("| key, and variable `STRATA_…` | section | option | meaning | default |\n|---|---|---|---|---|\n"),
        (text, setting) => text.Append(
            $"| `{setting.Name}` | `{setting.ConfigurationKey}` | {(setting.NotOnCommandLine is null ? $"`{setting.Option}`" : "–")} | "
                + $"{setting.Meaning} | {setting.Default} |\n")));

    [Fact]
    public void Configuration_WhatIsMissingSomewhere_HasItsReason() => Check("missing", SettingTable.All.Aggregate(
        new StringBuilder("| setting | where it is missing | why |\n|---|---|---|\n"),
        (text, setting) => text
            .Append(setting.NotOnCommandLine is { } option ? $"| `{setting.Name}` | command line | {option} |\n" : "")
            .Append(setting.NotInFile is { } file ? $"| `{setting.Name}` | files | {file} |\n" : ""))
        .Append(string.Concat(SettingTable.CodeOnly.Select(option => $"| `{option.Key}` | everywhere but code | {option.Value} |\n"))));

    [Fact]
    public void Configuration_BlocksOfOtherPrograms_AreMappedAsTheCodeMapsThem() => Check(
        "blocks",
        new[] { SeedBlock.Chat, SeedBlock.Compaction, SeedBlock.Pruning }.Aggregate(
            new StringBuilder("| block | key | becomes |\n|---|---|---|\n"),
            (text, block) => block.Keys.Aggregate(
                text.Append($"| `{block.Name}` | – | `profile: {block.Profile}` |\n"),
                (rows, key) => rows.Append($"| `{block.Name}` | `{key.Name}` | `{key.Means}` |\n"))));

    private static void Check(string name, StringBuilder table)
    {
        var path = Path.Combine(Root(), "docs", "configuration.md");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var section = new Regex($"(?<=<!-- table: {name} -->\n).*?(?=<!-- end -->)", RegexOptions.Singleline, TimeSpan.FromSeconds(5));
        section.IsMatch(text).ShouldBeTrue(name);
        if (Environment.GetEnvironmentVariable("STRATA_APPROVE") == "1")
            File.WriteAllText(path, section.Replace(text, table.ToString().Replace("$", "$$", StringComparison.Ordinal)));
        else
            section.Match(text).Value.ShouldBe(table.ToString());
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Strata.slnx")))
            folder = folder.Parent;
        return folder.ShouldNotBeNull().FullName;
    }
}

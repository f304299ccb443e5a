using System.Globalization;
using Microsoft.Extensions.Configuration;
using Strata.Settings;
using Strata.Settings.Reading;

namespace Strata.Hosting;

/// <summary>A section of an application's configuration as nodes that the reader of settings understands.</summary>
internal static class ConfigurationTree
{
    public static SettingNode Of(IConfigurationSection section)
    {
        List<IConfigurationSection> children = [.. section.GetChildren()];
        return SettingNode.InConfiguration(section.Key, section.Path) with
        {
            Text = children.Count == 0 ? section.Value : null,
            Children = [.. children.Select(Of)],
            IsList = children.Count > 0
                && children.TrueForAll(child => int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)),
        };
    }
}

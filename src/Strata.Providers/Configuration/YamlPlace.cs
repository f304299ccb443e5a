using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Strata.Providers.Configuration;

/// <summary>Says where in a file something stands.</summary>
internal sealed class YamlPlace(string file)
{
    public string Of(Mark mark) => FormattableString.Invariant($"{file}, line {mark.Line}, column {mark.Column}");

    public SettingsException Fail(YamlNode node, string message, Exception? because = null) => new($"{Of(node.Start)}: {message}", because);

    /// <summary>The text of a single value.</summary>
    public string Text(YamlNode node, string key) => node is YamlScalarNode { Value: { Length: > 0 } text } ? text : throw Fail(node, $"{key}: one value is expected here");

    public StrataSettings Apply(StrataSettings settings, string key, YamlNode node, Func<StrataSettings, string, StrataSettings> set)
    {
        var text = Text(node, key);
        return SettingKey.Apply(settings, $"{Of(node.Start)}: {key} {text}", text, set);
    }

    public void Try(YamlNode node, string key, Action read)
    {
        try
        {
            read();
        }
        catch (Exception e) when (e is FormatException or (ArgumentException and not SettingsException))
        {
            throw Fail(node, $"{key}: {e.Message}", e);
        }
    }
}

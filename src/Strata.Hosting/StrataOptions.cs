using Microsoft.Extensions.Configuration;
using Strata.Chat;
using Strata.Conversations;
using Strata.Settings;
using Strata.Settings.Reading;

namespace Strata.Hosting;

/// <summary>What <c>AddStrata</c> sets up. Checked when the host starts; changes of the configuration after that have no effect.</summary>
public sealed class StrataOptions
{
    /// <summary>The settings of a <c>strata.yml</c>, and with them archive and tenant.</summary>
    /// <value>
    /// Without a model and a window: a window of 32 000 tokens. Without a profile: <c>default</c>. Without an archive: the file that the
    /// command line uses, unless
    /// <see cref="StrataBuilder.UseArchive(Strata.Archives.IArchive)"/> gives one.
    /// </value>
    public StrataSettings Settings { get; set; } = new();

    /// <value>
    /// How chat clients of <see cref="StrataBuilder.AddChatClient"/>, and a chat reducer, use the compactor. What <see cref="Settings"/>
    /// say goes over it.
    /// </value>
    public ConversationOptions Chat { get; set; } = new();

    /// <value>Changes what no setting reaches, after the settings were applied; null: nothing.</value>
    public Func<CompactionOptions, CompactionOptions>? Compaction { get; set; }

    /// <summary>Where settings come from, for messages: <c>Strata:</c>, or this class.</summary>
    internal string Place { get; private set; } = nameof(StrataOptions) + ".";

    /// <summary>What could not be read.</summary>
    internal List<string> Problems { get; } = [];

    internal CompactionOptions ToCompactionOptions()
    {
        var made = Settings.ToCompactionOptions();
        return Compaction?.Invoke(made) ?? made;
    }

    /// <summary>Takes the settings of a section, over those that are there.</summary>
    internal void Read(IConfigurationSection section)
    {
        Place = section.Path + ":";
        if (!section.Exists())
            Problems.Add(
                $"{section.Path}: there is no such section in the configuration. Add it, or call AddStrata without one for the defaults.");
        else
            Settings = new SettingsReader(Problems, anyStrategy: true).Read(ConfigurationTree.Of(section)).Over(Settings);
    }
}

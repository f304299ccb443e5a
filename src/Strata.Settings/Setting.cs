using Strata.Calls;
using Strata.Chat;
using Strata.Conversations;

namespace Strata.Settings;

/// <summary>
/// One setting and its name in every place: its key in a file, <c>STRATA_</c> and the key in capitals in the environment, the key in
/// Pascal case in a
/// configuration section, and an option of the command line. All of them are rows of <see cref="SettingTable"/>.
/// </summary>
public sealed record Setting
{
    internal Setting(string name, string meaning, string usual, string example, Func<string, object> read)
    {
        Name = name;
        Meaning = meaning;
        Default = usual;
        Example = example;
        Read = read;
    }

    /// <value>The key in a file, in snake case.</value>
    public string Name { get; }

    /// <value>What it does, a phrase for the help of the command line and for the documentation.</value>
    public string Meaning { get; }

    /// <value>What holds where it is not set, for people.</value>
    public string Default { get; }

    /// <value>A value that is allowed.</value>
    public string Example { get; }

    /// <value>What stands for the value in help, such as <c>TIME</c>.</value>
    public string ValueName { get; internal init; } = "VALUE";

    /// <value>The values that are allowed, where they are a list; else empty.</value>
    public IReadOnlyList<string> Known { get; internal init; } = [];

    /// <value>The environment variable.</value>
    public string Variable => "STRATA_" + Name.ToUpperInvariant();

    /// <value>The key in a configuration section such as <c>Strata</c> of an <c>appsettings.json</c>.</value>
    public string ConfigurationKey => SettingNames.Pascal(Name);

    /// <value>The option of the command line, given there or not.</value>
    public string Option => "--" + Name.Replace('_', '-');

    /// <value>Why the command line has no such option; null: it has one.</value>
    public string? NotOnCommandLine { get; internal init; }

    /// <value>Why no file holds it; null: a file may.</value>
    public string? NotInFile { get; internal init; }

    internal Func<string, object> Read { get; }

    internal Func<CompactionOptions, object, CompactionOptions>? Compaction { get; init; }

    internal Func<ConversationOptions, object, ConversationOptions>? Chat { get; init; }

    internal Func<CallOptions, object, CallOptions>? Calls { get; init; }

    /// <summary><paramref name="settings"/> with this one set from its text.</summary>
    /// <param name="settings">Stay as they are.</param>
    /// <param name="text">As it stands in a file, a variable or an option.</param>
    /// <param name="where">What stands before the message of an error, such as <c>--window 0</c>.</param>
    /// <exception cref="SettingsException">The text is not allowed; the message says what is.</exception>
    public StrataSettings Set(StrataSettings settings, string text, string where)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(text);
        try
        {
            return settings.With(Name, Read(text));
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new SettingsException($"{where}: {e.Message}", e);
        }
    }
}

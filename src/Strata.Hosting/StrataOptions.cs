using Strata.Chat;
using Strata.Providers.Configuration;

namespace Strata.Hosting;

/// <summary>What <c>AddStrata</c> sets up. Checked when the host starts; changes of the configuration after that have no effect.</summary>
public sealed class StrataOptions
{
    /// <summary>The settings of a <c>strata.yml</c>. What follows up to <see cref="AgentId"/> are the most used of them.</summary>
    public StrataSettings Settings { get; set; } = new();

    /// <value>The model that is sent to: gives window and tokenizer. Null with <see cref="Window"/> null: a window of 32 000 tokens.</value>
    public string? Model
    {
        get => Settings.Model;
        set => Settings = Settings with { Model = value };
    }

    /// <value>Tokens; null: the model's.</value>
    public int? Window
    {
        get => Settings.Window;
        set => Settings = Settings with { Window = value };
    }

    /// <value>Null: the profile's.</value>
    public string? Strategy
    {
        get => Settings.Strategy;
        set => Settings = Settings with { Strategy = value };
    }

    /// <value>One of <see cref="CompactionProfiles.All"/>; null: <c>default</c>.</value>
    public string? Profile
    {
        get => Settings.Profile;
        set => Settings = Settings with { Profile = value };
    }

    /// <value>A share is one of the available window. Null: the profile's.</value>
    public TokenAmount? Threshold
    {
        get => Settings.Threshold;
        set => Settings = Settings with { Threshold = value };
    }

    /// <value>A share is one of the available window. Null: the profile's, in proportion to the threshold.</value>
    public TokenAmount? Target
    {
        get => Settings.Target;
        set => Settings = Settings with { Target = value };
    }

    /// <value>USD that all calls of models for summaries may cost together; null: no limit.</value>
    public decimal? MaxCost
    {
        get => Settings.MaxCost;
        set => Settings = Settings with { MaxCost = value };
    }

    /// <value>Whose conversations these are, for receipts and metrics; null: not told.</value>
    public string? AgentId
    {
        get => Settings.AgentId;
        set => Settings = Settings with { AgentId = value };
    }

    /// <value>
    /// A file, a connection string of PostgreSQL, <c>memory</c> or <c>none</c>. Null: the file that the command line uses. Of no effect where
    /// <see cref="StrataBuilder.UseArchive(Strata.Archives.IArchive)"/> gives one.
    /// </value>
    public string? Archive { get; set; }

    /// <value>Whose archive it is where several share one store; null: the one that has no name.</value>
    public string? Tenant { get; set; }

    /// <value>Whether keys, passwords and tokens are replaced by placeholders before they are archived. The default is true.</value>
    public bool RedactSecrets { get; set; } = true;

    /// <value>How chat clients of <see cref="StrataBuilder.AddChatClient"/>, and a chat reducer, use the compactor. An <see cref="AgentId"/> goes over the one in it.</value>
    public ChatCompactionOptions Chat { get; set; } = new();

    /// <value>Changes what no setting reaches, after the settings were applied; null: nothing.</value>
    public Func<CompactionOptions, CompactionOptions>? Compaction { get; set; }

    /// <summary>Where settings come from, for messages: <c>Strata:</c>, or this class.</summary>
    internal string Place { get; set; } = nameof(StrataOptions) + ".";

    /// <summary>What could not be read.</summary>
    internal List<string> Problems { get; } = [];

    /// <summary>Names the models that write at a level, the first choice before those to fall back to; without any, no model writes there.</summary>
    /// <param name="level">1 per turn, 2 per ten turns, 3 whole.</param>
    /// <param name="models">As <c>ollama/qwen2.5:7b</c>.</param>
    /// <exception cref="FormatException">A text is no reference of a model.</exception>
    /// <exception cref="ArgumentException">There is no such level or provider.</exception>
    public void SetLevel(int level, params IReadOnlyList<string> models)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(level, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(level, 3);
        Settings = Settings.WithLevel(level, own => own with { Models = [.. models.SelectMany(SettingTexts.Models)] });
    }
}

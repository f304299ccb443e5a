using System.Text.Json.Serialization;
using Strata.Cli.Output;

namespace Strata.Cli.Reports;

/// <summary>What <c>strata compact</c> archived.</summary>
/// <param name="Archive">Where.</param>
/// <param name="Receipt">Names the compaction.</param>
/// <param name="Session">Names the session for programs.</param>
/// <param name="IsNew">Whether the archive was made for this.</param>
/// <param name="SecretsRedacted">Secrets that are placeholders in the archive.</param>
internal sealed record KeptReport(string Archive, string Receipt, string Session, bool IsNew, int SecretsRedacted)
{
    /// <summary>What a recall has to name; empty where it is found without.</summary>
    [JsonIgnore]
    public string Hint { get; init; } = "";

    [JsonIgnore]
    public IReadOnlyList<string> Notes => SecretsRedacted == 0
        ? []
        : [$"{Numbers.Of(SecretsRedacted, "secret")} {(SecretsRedacted == 1 ? "is a placeholder" : "are placeholders")} in the archive and "
            + $"{(SecretsRedacted == 1 ? "comes" : "come")} back as such; --keep-secrets archives them as they are."];
}

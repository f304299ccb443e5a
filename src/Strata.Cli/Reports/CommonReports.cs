using System.Text.Json.Serialization;
using Strata.Formats;
using Strata.Models;
using Strata.Tokens;

namespace Strata.Cli.Reports;

/// <summary>The model that numbers were worked out for.</summary>
/// <param name="Name">As it was typed or stands in the file; null when nothing names one.</param>
/// <param name="Id">The model it was taken for.</param>
/// <param name="Match">How sure that is.</param>
/// <param name="Reason">Why, in plain words.</param>
internal sealed record ModelReport(string? Name, string Id, ModelMatchKind Match, string Reason)
{
    public static ModelReport Of(string? name, ModelMatch match) => new(name, match.Model.Id, match.Kind, match.Reason);
}

/// <summary>What tokens were counted with.</summary>
/// <param name="Name">E.g. <c>o200k_base</c>.</param>
/// <param name="Exact">Whether this is the model's own tokenizer and nothing was counted by a rule (pictures, ciphertexts, tools).</param>
/// <param name="ErrorBand">How far the true number may lie away, as a share.</param>
internal sealed record CounterReport(string Name, bool Exact, double ErrorBand)
{
    public static CounterReport Of(ITokenCounter counter) => new(counter.Name, counter.ErrorBand == 0, counter.ErrorBand);

    /// <summary>What a session was counted with: exact only where each of its parts was.</summary>
    public static CounterReport Of(MessageCounter counter, SessionDocument document) =>
        new(counter.Text.Name, counter.IsExact(document.Messages, document.Options), counter.Text.ErrorBand);

    [JsonIgnore]
    public string Band => Exact ? "exact" : ErrorBand == 0 ? "estimated" : FormattableString.Invariant($"±{ErrorBand * 100:0}%");
}

/// <summary>A broken place in the file.</summary>
internal sealed record ProblemReport(string Place, string Message)
{
    public static IReadOnlyList<ProblemReport> Of(SessionDocument document) =>
        [.. document.Problems.Select(problem => new ProblemReport(problem.Place, problem.Message))];
}

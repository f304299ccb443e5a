using Strata.Cli.Reports;
using Strata.Formats;
using Strata.Models;
using Strata.Tokens;
using Strata.Transcripts;

namespace Strata.Cli.Commands;

/// <summary>A session with its groups and their tokens.</summary>
internal sealed record MeasuredSession(
    Compactor Compactor, Transcript Transcript, TokenMap Tokens, KindTokens Kinds, string? ModelName, bool WindowIsKnown)
{
    /// <summary>The whole request.</summary>
    public int Total => Tokens.Total + Kinds.Request;

    public static MeasuredSession Measure(SessionDocument document, CompactionOptions options)
    {
        var compactor = new Compactor(options);
        var transcript = Transcript.Create(document.Messages);
        var tokens = TokenMap.Measure(transcript, compactor.Counter);
        var sum = default(MessageTokens);
        for (var i = 0; i < transcript.Messages.Count; i++)
            sum += tokens.OfMessage(i);
        return new(
            compactor, transcript, tokens, KindTokens.Of(sum, compactor.Counter.CountRequest(document.Options)), options.Model,
            options.Window is not null || compactor.Model.Kind != ModelMatchKind.Default);
    }

    /// <summary>Roles in the order of their tokens.</summary>
    public IReadOnlyList<RoleTokens> Roles() =>
    [
        .. Transcript.Messages
            .Select((message, index) => (Role: message.Role.Value, Tokens.OfMessage(index).Total))
            .GroupBy(message => message.Role, StringComparer.Ordinal)
            .Select(role => new RoleTokens(role.Key, role.Count(), role.Sum(message => message.Total)))
            .OrderByDescending(role => role.Tokens),
    ];
}

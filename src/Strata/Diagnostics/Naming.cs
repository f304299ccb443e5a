using Strata.Calls;
using Strata.Summaries;

namespace Strata.Diagnostics;

/// <summary>How models, levels and faults are named in what is measured.</summary>
internal static class Naming
{
    public static string Purpose(SummaryNode node) => FormattableString.Invariant($"level-{node.Level}");

    public static (string Provider, string Model) Split(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash < 0 ? (name, name) : (name[..slash], name[(slash + 1)..]);
    }

    public static string ErrorType(CallFault fault) => fault switch
    {
        CallFault.Timeout => "timeout",
        CallFault.RateLimited => "rate_limited",
        CallFault.ServerError => "server_error",
        CallFault.Unreachable => "unreachable",
        CallFault.Unauthorized => "unauthorized",
        CallFault.ModelMissing => "model_missing",
        CallFault.BadRequest => "bad_request",
        CallFault.TooLong => "too_long",
        CallFault.NoAnswer => "no_answer",
        CallFault.Rejected => "rejected",
        CallFault.BreakerOpen => "breaker_open",
        CallFault.SpendCapReached => "spend_cap_reached",
        CallFault.Cancelled => "cancelled",
        _ => "_OTHER",
    };
}

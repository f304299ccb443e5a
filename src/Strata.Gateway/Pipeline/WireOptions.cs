using Microsoft.Extensions.AI;

namespace Strata.Gateway.Pipeline;

/// <summary>What a request sends beside its messages, and the session that it is archived under.</summary>
internal sealed class WireOptions : ChatOptions
{
    public WireOptions(ChatOptions? options, string? model, string? session)
        : base(options)
    {
        (ModelId, Session) = (model ?? ModelId, session);
    }

    /// <summary>Null: the archive finds it.</summary>
    public string? Session { get; }

    public override ChatOptions Clone() => new WireOptions(this, ModelId, Session);
}

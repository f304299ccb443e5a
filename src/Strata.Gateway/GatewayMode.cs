namespace Strata.Gateway;

/// <summary>What a gateway does with a request that would not fit.</summary>
public enum GatewayMode
{
    /// <summary>It is shortened; the client never sees that it was too long.</summary>
    Transparent,

    /// <summary>It is refused in the words of its vendor, so that the client compacts by itself.</summary>
    Native,

    /// <summary>It is sent as it is; response headers say what Strata counted.</summary>
    Observe,
}

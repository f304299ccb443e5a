using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Pipeline;

/// <summary>What Strata did, in headers of the answer: never inside a body, whose shape clients match.</summary>
internal static class StrataHeaders
{
    public const string Session = "x-strata-session";
    public const string Receipt = "x-strata-receipt";
    public const string Tokens = "x-strata-tokens";

    /// <summary>Tokens of the request as the gateway expects them to be reported; where it looked closer.</summary>
    public static void Write(IHeaderDictionary headers, Exchange exchange)
    {
        if (exchange.Session is { } session)
            headers[Session] = session;
        if ((exchange.Prepared?.Tokens ?? exchange.State?.Tokens) is { } tokens)
            headers[Tokens] = tokens.ToString(CultureInfo.InvariantCulture);
        if (exchange.Prepared?.ReceiptId is { } receipt)
            headers[Receipt] = receipt;
    }
}

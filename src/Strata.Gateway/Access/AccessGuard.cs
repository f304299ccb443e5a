using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Strata.Gateway.Access;

/// <summary>Who may use the gateway.</summary>
internal sealed class AccessGuard(string? key)
{
    /// <summary>The header that holds the gateway's own key.</summary>
    public const string KeyHeader = "x-strata-key";

    private readonly byte[]? _hash = string.IsNullOrEmpty(key) ? null : SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Why a request is refused, with its status; null: it may pass.</summary>
    public (int Status, string Why)? Refuse(HttpRequest request)
    {
        if (_hash is not null)
        {
            return Credentials(request.Headers).Any(credential => IsKey(credential.Value)) ? null
                : (StatusCodes.Status401Unauthorized, $"The gateway wants its key, in {KeyHeader}, x-api-key or as a bearer.");
        }

        // Without a key only programs of this machine are meant: a web page that resolves its own name to loopback is none of them.
        var host = request.Host.Host.Trim('[', ']');
        return string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
            ? null : (StatusCodes.Status403Forbidden, "The gateway has no key, so it answers only to the names of this machine.");
    }

    /// <summary>Whether a header shows the gateway's key, which no upstream may see.</summary>
    public bool ShowsKey(string header, string value) => _hash is not null
        && (header.Equals("x-api-key", StringComparison.OrdinalIgnoreCase)
            || header.Equals("authorization", StringComparison.OrdinalIgnoreCase))
        && IsKey(Bare(value));

    private static IEnumerable<(string Header, string Value)> Credentials(IHeaderDictionary headers) =>
        ((string[])[KeyHeader, "x-api-key", "authorization"]).SelectMany(name => headers[name].Select(value => (name, Bare(value ?? ""))));

    private static string Bare(string value) =>
        value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value["Bearer ".Length..].Trim() : value;

    private bool IsKey(string value) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(value)), _hash);
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Tests.Properties;

/// <summary>
/// A vendor that accepts reasoning only behind the messages that it was made with: a signature names all contents before it and the
/// reasoning before it. The first reasoning of a conversation may be missing; a hole may not.
/// </summary>
internal static class BindingVendor
{
    /// <summary>The signature of what the model thinks next, behind the messages that it was sent.</summary>
    public static string Sign(IEnumerable<ChatMessage> sent)
    {
        var (state, previous, _) = Walk(sent);
        return $"{state}|{previous}";
    }

    /// <summary>Where the first reasoning stands that would be refused; null when none would.</summary>
    public static string? Refuses(IEnumerable<ChatMessage> sent) => Walk(sent).Fault;

    private static (string State, string Previous, string? Fault) Walk(IEnumerable<ChatMessage> sent)
    {
        var (state, previous, fault) = ("", "", (string?)null);
        var at = 0;
        foreach (var message in sent)
        {
            foreach (var content in message.Contents)
            {
                if (content is not TextReasoningContent { ProtectedData: { } signature })
                {
                    state = Hash(
                        $"{state}\n{message.Role}\n{content.GetType().Name}\n{(content as FunctionCallContent)?.CallId}\n"
                            + $"{MessageText.Of(content)}");
                    continue;
                }

                if (signature.Split('|') is not [var behind, var before] || behind != state || (previous.Length > 0 && before != previous))
                    fault ??= $"message {at}: {signature}";
                previous = Hash(signature);
            }

            at++;
        }

        return (state, previous, fault);
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Strata.Archives;

namespace Strata.Cli.Mcp;

/// <summary>Receipts as answers show them.</summary>
internal static class ReceiptJson
{
    /// <summary>A receipt without its cuts.</summary>
    public static JsonObject Of(CompactionReceipt receipt) => new()
    {
        ["id"] = receipt.Id,
        ["session"] = receipt.SessionId,
        ["parent"] = receipt.Parent,
        ["at"] = receipt.At.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        ["strategy"] = receipt.Strategy,
        ["model"] = receipt.Model,
        ["agentId"] = receipt.AgentId,
        ["tokensBefore"] = receipt.TokensBefore,
        ["tokensAfter"] = receipt.TokensAfter,
        ["rungs"] = Array(receipt.Rungs),
        ["writtenBy"] = Array(receipt.WrittenBy),
        ["cutsTotal"] = receipt.Cuts.Count,
    };

    /// <summary>The cuts from <paramref name="offset"/> on, as many as fit.</summary>
    public static JsonArray Cuts(CompactionReceipt receipt, int offset, int limit) =>
    [
        .. receipt.Cuts.Skip(offset).Take(limit).Select(cut => new JsonObject
        {
            ["handle"] = cut.Handle.ToString(),
            ["action"] = JsonNamingPolicy.CamelCase.ConvertName(cut.Action.ToString()),
            ["reason"] = cut.Reason,
            ["tokensBefore"] = cut.TokensBefore,
            ["tokensAfter"] = cut.TokensAfter,
            ["contents"] = Array(cut.Contents.Select(handle => handle.ToString())),
        }),
    ];

    public static JsonArray Array(IEnumerable<string> texts) => [.. texts.Select(text => JsonValue.Create(text))];
}

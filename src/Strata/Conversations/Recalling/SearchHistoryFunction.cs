using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Archives;

namespace Strata.Conversations.Recalling;

/// <summary>Finds handles by words, in this conversation's own session only.</summary>
internal sealed class SearchHistoryFunction(string name, IArchive archive, string sessionId) : AIFunction
{
    public const string UsualName = "search_history";

    public const string WordsParameter = "words";

    public const string NothingFound = "Nothing was found.";

    private const int MostHits = 10;

    private static readonly JsonElement Schema = JsonDocument.Parse(
        """{"type":"object","properties":{"words":{"type":"string","description":"words, file names or identifiers that it held"}}"""
            + ""","required":["words"]}""").RootElement.Clone();

    private readonly ConcurrentDictionary<string, bool> _found = new(StringComparer.OrdinalIgnoreCase);

    public string SessionId => sessionId;

    public override string Name => name;

    public override string Description =>
        "Searches everything that was cut from this conversation and returns one line for each find, with the handle that recalls it.";

    public override JsonElement JsonSchema => Schema;

    public async ValueTask<string> SearchAsync(string? words, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(words))
            return NothingFound;
        var hits = await archive.SearchAsync(new SearchQuery { Words = words, SessionId = sessionId, Limit = MostHits }, cancellationToken)
            .ConfigureAwait(false);
        foreach (var hit in hits)
            _found[hit.Handle.ToString()] = true;
        return hits.Count == 0
            ? NothingFound
            : string.Join(
                '\n', hits.Select(hit =>
                    string.Create(CultureInfo.InvariantCulture, $"{hit.Handle} {hit.Role} {hit.At:yyyy-MM-dd HH:mm}: \"{hit.Excerpt}\"")));
    }

    /// <summary>Whether a handle was among what was found, and is therefore of this session.</summary>
    public bool HasFound(string handle) => _found.ContainsKey(handle);

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        await SearchAsync(ArgumentText.Of(arguments, WordsParameter), cancellationToken).ConfigureAwait(false);
}

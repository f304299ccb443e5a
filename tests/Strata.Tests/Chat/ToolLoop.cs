using System.Globalization;
using Microsoft.Extensions.AI;

namespace Strata.Tests.Chat;

/// <summary>What function invocation does: calls the model with the full, growing list until it is done, and answers its calls.</summary>
/// <param name="seed">The same seed makes the same loop.</param>
/// <param name="hugeEvery">Every so many iterations one result is huge; 0: never.</param>
internal sealed class ToolLoop(int seed, int hugeEvery = 37)
{
    public const string Task =
        "Migrate the billing service to the new ledger and prove it with tests.\nNever touch the folder vendor/legacy.\nNever print "
            + "customer names in logs.";

    // Not for secrets: the same loop again and again.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);
    private int _iteration;
    private int _call;

    public List<ChatMessage> Messages { get; } =
    [
        new(ChatRole.System, "You are a careful engineer."),
        new(ChatRole.User, Task + string.Create(CultureInfo.InvariantCulture, $"\nThis is ticket {seed}.")),
    ];

    /// <summary>One iteration: asks, and adds what a model that goes on would have called, with the results.</summary>
    public async Task StepAsync(
        IChatClient client, bool isStreaming, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        options = StrictModel.OptionsFor(Messages, options);
        var response = isStreaming
            ? await client.GetStreamingResponseAsync(Messages, options, cancellationToken).ToChatResponseAsync(cancellationToken)
            : await client.GetResponseAsync(Messages, options, cancellationToken);
        Messages.AddRange(response.Messages);
        Messages.AddRange(response.Messages.SelectMany(message => message.Contents.OfType<FunctionCallContent>()).Select(Result));
        _iteration++;
    }

    /// <summary>What the model says next: one call or some in parallel.</summary>
    public ChatMessage NextCalls()
    {
        var contents = new List<AIContent>();
        if (_random.Next(3) == 0)
            contents.Add(new TextContent(string.Create(CultureInfo.InvariantCulture, $"Next I look at part {_iteration} of the ledger.")));
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"call_{seed}_{_call++}");
            contents.Add(_random.Next(2) == 0
                ? new FunctionCallContent(
                    id, "read_file", new Dictionary<string, object?> { ["path"] = $"src/Billing/Part{_random.Next(60)}.cs" })
                : new FunctionCallContent(
                    id, "run", new Dictionary<string, object?> { ["command"] = $"dotnet test --filter Part{_random.Next(60)}" }));
        }

        return new ChatMessage(ChatRole.Assistant, contents);
    }

    private ChatMessage Result(FunctionCallContent call)
    {
        var isHuge = hugeEvery > 0 && _iteration % hugeEvery == hugeEvery - 1;
        return new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, Text(isHuge ? 30_000 : _random.Next(5, 120)))]);
    }

    private string Text(int words)
    {
        string[] known = ["ledger", "invoice", "posting", "balance", "test", "passed", "in", "src/Billing/Ledger.cs", "line", "the", "of",
            "account", "error", "CS0103", "ok\n"];
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => _random.Next(6) == 0
            ? _random.Next(100_000).ToString(CultureInfo.InvariantCulture)
            : known[_random.Next(known.Length)]));
    }
#pragma warning restore CA5394
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.AI;

namespace Strata.Benchmarks.Chat;

/// <summary>A model that calls tools for ever, and the loop that answers its calls; the same seed makes the same loop.</summary>
internal sealed class MadeUpLoop(int seed, int resultWords, TimeSpan modelTime) : IChatClient
{
    private static readonly string[] Words =
        ["ledger", "invoice", "posting", "balance", "test", "passed", "in", "src/Billing/Ledger.cs", "line", "the", "of", "account",
            "error", "CS0103", "ok\n"];

    // Not for secrets: the same loop again and again.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);
    private ChatMessage? _answer;
    private int _calls;

    public static IReadOnlyList<AITool> Tools { get; } =
    [
        AIFunctionFactory.Create((string path, int? offset, int? limit) => path, "read_file", "Reads a part of a file."),
        AIFunctionFactory.Create(
            (string command, string? folder) => command, "run", "Runs a command in the shell and returns what it prints."),
        AIFunctionFactory.Create((string path, string oldText, string newText) => path, "edit", "Replaces a text in a file."),
    ];

    public List<ChatMessage> Messages { get; } =
        [new(ChatRole.User,
            "Migrate the billing service to the new ledger and prove it with tests.\nNever touch the folder vendor/legacy.")];

    /// <summary>What the newest call spent in the model.</summary>
    public TimeSpan InModel { get; private set; }

    /// <summary>Adds the newest answer and the results of its calls.</summary>
    public void Grow()
    {
        Messages.Add(_answer!);
        foreach (var call in _answer!.Contents.OfType<FunctionCallContent>())
            Messages.Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(call.CallId, Result())]));
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var start = Stopwatch.GetTimestamp();
        List<AIContent> contents = [];
        for (var i = _random.Next(1, 4); i > 0; i--)
        {
            var path = new Dictionary<string, object?>
            {
                ["path"] = string.Create(CultureInfo.InvariantCulture, $"src/Billing/Part{_random.Next(60)}.cs")
            };
            contents.Add(new FunctionCallContent(string.Create(CultureInfo.InvariantCulture, $"call_{_calls++}"), "read_file", path));
        }

        if (modelTime > TimeSpan.Zero)
            await Task.Delay(modelTime, cancellationToken);
        _answer = new ChatMessage(ChatRole.Assistant, contents);
        var response = new ChatResponse(_answer);
        InModel = Stopwatch.GetElapsedTime(start);
        return response;
    }

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    // One in fifty is thirty times as long.
    private string Result() =>
        string.Join(
            ' ', Enumerable.Range(0, _random.Next(resultWords * 2) * (_random.Next(50) == 0 ? 30 : 1)).Select(_ => _random.Next(6) == 0
            ? _random.Next(100_000).ToString(CultureInfo.InvariantCulture)
            : Words[_random.Next(Words.Length)]));
#pragma warning restore CA5394
}

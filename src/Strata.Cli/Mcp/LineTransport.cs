using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Strata.Cli.Mcp;

/// <summary>
/// Messages as lines of two streams. Where the input ends, what was asked is still answered: the SDK's own transport drops these answers,
/// and a script that pipes its calls gets none.
/// </summary>
internal sealed class LineTransport : TransportBase
{
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly SemaphoreSlim _sending = new(1, 1);
    private readonly CancellationTokenSource _ends = new();
    private readonly ConcurrentDictionary<RequestId, byte> _asked = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;
    private volatile bool _inputEnded;

    public LineTransport(Stream input, Stream output)
        : base("strata", loggerFactory: null)
    {
        (_input, _output) = (input, output);
        SetConnected();
        _reading = Task.Run(ReadAsync);
    }

    public override async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        await SendAsync(JsonSerializer.SerializeToUtf8Bytes(message, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage))),
            cancellationToken).ConfigureAwait(false);
        if (message is JsonRpcMessageWithId answer and not JsonRpcRequest)
            Settle(answer.Id);
    }

    public override async ValueTask DisposeAsync()
    {
        await _ends.CancelAsync().ConfigureAwait(false);

        // Closed, for a read of a terminal knows no cancellation.
        await _input.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        SetDisconnected();
        _sending.Dispose();
        _ends.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            using var lines = new StreamReader(_input, leaveOpen: true);
            while (await lines.ReadLineAsync(_ends.Token).ConfigureAwait(false) is { } line)
            {
                if (!string.IsNullOrWhiteSpace(line))
                    await ReceiveAsync(line).ConfigureAwait(false);
            }

            _inputEnded = true;
            SettleAll();
            await _answered.Task.WaitAsync(_ends.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The client has gone, and there is nobody to tell.
        }
        finally
        {
            SetDisconnected();
        }
    }

    private async Task ReceiveAsync(string line)
    {
        JsonRpcMessage? message;
        try
        {
            message =
                (JsonRpcMessage?)JsonSerializer.Deserialize(line, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonRpcMessage)));
        }
        catch (JsonException)
        {
            message = null;
        }

        if (message is null)
        {
            await RefuseAsync(null, McpErrorCode.ParseError,
                "This line is no message of JSON-RPC 2.0: one JSON object a line, with 'jsonrpc', 'method' and 'id'.")
                .ConfigureAwait(false);
            return;
        }

        if (message is JsonRpcRequest request)
        {
            if (CallShape.Problem(request) is { } problem)
            {
                await RefuseAsync(
                    JsonSerializer.SerializeToNode(request.Id, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(RequestId))),
                    McpErrorCode.InvalidParams, problem).ConfigureAwait(false);
                return;
            }

            _asked[request.Id] = 0;
        }

        await WriteMessageAsync(message, _ends.Token).ConfigureAwait(false);

        // What the client gave up is not answered.
        if (message is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject { } given }
            && given["requestId"] is { } id)
            Settle(id.Deserialize<RequestId>(McpJsonUtilities.DefaultOptions));
    }

    private Task RefuseAsync(JsonNode? id, McpErrorCode code, string message) => SendAsync(
        JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["jsonrpc"] = "2.0", ["id"] = id, ["error"] = new JsonObject { ["code"] = (int)code, ["message"] = message } },
            ToolResults.Json),
        _ends.Token);

    private async Task SendAsync(byte[] json, CancellationToken cancellationToken)
    {
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await _output.WriteAsync((byte[])[.. json, (byte)'\n'], cancellationToken).ConfigureAwait(false);
            await _output.FlushAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private void Settle(RequestId id)
    {
        _asked.TryRemove(id, out _);
        SettleAll();
    }

    private void SettleAll()
    {
        if (_inputEnded && _asked.IsEmpty)
            _answered.TrySetResult();
    }
}

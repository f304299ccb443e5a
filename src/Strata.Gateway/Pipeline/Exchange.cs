using Microsoft.Extensions.AI;
using Strata.Conversations;
using Strata.Formats;
using Strata.Gateway.Wire;

namespace Strata.Gateway.Pipeline;

/// <summary>One request whose body is read: what its conversation is, and what is sent of it.</summary>
/// <param name="api">Whose request it is.</param>
/// <param name="body">What the client sent.</param>
/// <param name="context">Says what to send.</param>
/// <param name="session">What the client calls its conversation; null: nothing.</param>
/// <param name="window">Tokens of the window where an operator or the request states it; null: the model's.</param>
/// <param name="mayShorten">False: what came is sent, whatever the vendor says.</param>
internal sealed class Exchange(WireApi api, WireBody body, ContextManager context, string? session, int? window, bool mayShorten)
{
    // Of a stated window at most a quarter is kept free for the answer.
    private const int MostOutputShare = 4;

    private SessionDocument? _document;
    private bool _isTightened;

    public WireApi Api => api;

    public WireBody Body => body;

    /// <summary>The bytes that are sent.</summary>
    public ReadOnlyMemory<byte> Outgoing { get; private set; } = body.Bytes;

    /// <summary>What the conversation's manager said; null: nobody asked it, or it cannot tell.</summary>
    public PreparedRequest? Prepared { get; private set; }

    /// <summary>Whether less is sent than came.</summary>
    public bool IsShortened => Prepared is { MessagesReplaced: > 0 };

    /// <summary>How the conversation stands where nothing is changed; null: nobody asked.</summary>
    public ConversationState? State { get; private set; }

    /// <summary>Whether an overflow at the beginning of an answer is looked for: it is a large request that was sent once.</summary>
    public bool MayTighten => Prepared is not null && !_isTightened;

    /// <summary>Whether the vendor is asked to drop reasoning that it binds to other messages.</summary>
    public bool DropsThinking { get; private set; }

    public string? Session => Prepared?.SessionId ?? session;

    /// <summary>Counts and changes nothing.</summary>
    public async ValueTask CountAsync(CancellationToken cancellationToken)
    {
        if (await ReadAsync(cancellationToken).ConfigureAwait(false) is { } document)
            State = context.StateOf(document.Messages, OptionsOf(document));
    }

    /// <summary>
    /// Whether the body has no more bytes than the threshold has tokens. No token is smaller than a byte, so nothing is counted then.
    /// </summary>
    public bool FitsByBytes() => body.Bytes.Length <= context.StateOf(
        [], new WireOptions(new ChatOptions { MaxOutputTokens = ReservedOf(body.MaxOutput) }, body.Model, session: null)).Threshold;

    /// <summary>Finds out what to send. What is no conversation, or has something broken in it, is for the vendor to judge.</summary>
    public async ValueTask PrepareAsync(CancellationToken cancellationToken)
    {
        if (Prepared is not null || await ReadAsync(cancellationToken).ConfigureAwait(false) is not { } document)
            return;
        await TakeAsync(
            await context.PrepareAsync(document.Messages, OptionsOf(document), cancellationToken).ConfigureAwait(false), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>After a refusal, once: learns from it, and sends less where that is possible.</summary>
    public async ValueTask<bool> TightenAsync(ContextOverflow? overflow, CancellationToken cancellationToken)
    {
        if (overflow is null || _isTightened || !mayShorten)
            return false;
        _isTightened = true;
        try
        {
            await PrepareAsync(cancellationToken).ConfigureAwait(false);
            if (Prepared is null
                || await context.TightenAsync(Prepared, overflow, cancellationToken).ConfigureAwait(false) is not { } tighter)
                return false;
            await TakeAsync(tighter, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException and not OutOfMemoryException)
        {
            // The client is told what the vendor said.
            return false;
        }
    }

    /// <summary>After the vendor refused reasoning: asks it to drop what it binds to other messages.</summary>
    public bool DropThinking()
    {
        if (!IsShortened || DropsThinking || RootPatch.WithDroppedThinking(Outgoing) is not { } patched)
            return false;
        (Outgoing, DropsThinking) = (patched, true);
        return true;
    }

    public async ValueTask ReportAsync(UsageDetails? usage)
    {
        if (Prepared is not null && usage is not null)
            await context.ReportUsageAsync(Prepared, usage, CancellationToken.None).ConfigureAwait(false);
    }

    // Strata's recall among the tools. As an MCP server it may stand in a namespace, or in a list of tools that are loaded later.
    private bool OffersRecall() => body.Bytes.Span.IndexOf("mcp__strata"u8) >= 0
        || _document!.Options?.Tools?.Any(static tool => tool.Name is "recall" || tool.Name.EndsWith("__recall", StringComparison.Ordinal))
            is true;

    private WireOptions OptionsOf(SessionDocument document)
    {
        var options = new WireOptions(document.Options, body.Model ?? document.Model, session);
        options.MaxOutputTokens = ReservedOf(options.MaxOutputTokens);
        return options;
    }

    // A client asks for what its model can write at most. In a window that was stated to be smaller this may be all of it.
    private int? ReservedOf(int? output) =>
        window is { } stated && output is { } asked ? Math.Min(asked, stated / MostOutputShare) : output;

    private async ValueTask<SessionDocument?> ReadAsync(CancellationToken cancellationToken)
    {
        if (_document is not null)
            return _document;
        try
        {
            using var stream = RequestBytes.ToStream(body.Bytes);
            var document = await api.Format!.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            return _document = document.Problems.Count == 0 && document.Messages.Count > 0 ? document : null;
        }
        catch (SessionFormatException)
        {
            return null;
        }
    }

    private async ValueTask TakeAsync(PreparedRequest prepared, CancellationToken cancellationToken)
    {
        Prepared = prepared;
        Outgoing = body.Bytes;
        if (prepared.MessagesReplaced == 0)
            return;
        using var output = new MemoryStream(body.Bytes.Length / 2);
        await api.Format!.WriteAsync(_document!, prepared.GetOutgoing(OffersRecall()), output, cancellationToken).ConfigureAwait(false);
        Outgoing = output.GetBuffer().AsMemory(0, (int)output.Length);
        if (DropsThinking)
            Outgoing = RootPatch.WithDroppedThinking(Outgoing) ?? Outgoing;
    }
}

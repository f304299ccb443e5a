using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.AI;
using Strata.Conversations.Recalling;
using Strata.Models;

namespace Strata.Conversations;

/// <summary>Finds for each call the compactor of the model that it is sent to.</summary>
/// <remarks>
/// The model that the call names wins where the catalogue has it; else that of the compactor's options; else the one that the client says
/// it asks when nothing is said. A window that the options state holds for all of them.
/// </remarks>
internal sealed class ModelLanes
{
    // Names come from callers, who may make them up. What was learnt and what conversations are known is kept beside the lanes.
    private const int Capacity = 64;

    private readonly Compactor _compactor;
    private readonly ConversationOptions _options;
    private readonly Notices _notices;
    private readonly CancellationToken _lifetime;
    private readonly string? _usualModel;
    private readonly ModelLane _usual;
    private readonly LearntWindows _windows = new();
    private readonly ConcurrentDictionary<string, ModelLane> _lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string? Tokenizer, string? Framing), (KnownConversations, RequestTokenCache)> _known = new();

    public ModelLanes(
        Compactor compactor, ConversationOptions options, string? defaultModel, Notices notices, CancellationToken lifetime)
    {
        (_compactor, _options, _notices, _lifetime) = (compactor, options, notices, lifetime);
        _usualModel = compactor.Options.Model ?? defaultModel;
        _usual = NewLane(compactor.Options.Model is null && defaultModel is not null ? compactor.For(defaultModel) : compactor);
    }

    /// <summary>The name that usage is learnt under; null: nobody said.</summary>
    public string? ModelOf(ChatOptions? options) => options?.ModelId ?? _usualModel;

    public ModelLane Of(ChatOptions? options)
    {
        var lane = options?.ModelId is { } called && called != _usualModel
            ? _lanes.TryGetValue(called, out var known) ? known : Remember(called)
            : _usual;
        if (_compactor.Options.Window is null && lane.Compactor.Model.Kind >= ModelMatchKind.Family)
            TellUnknown(lane.Compactor);
        return lane;
    }

    /// <summary>Takes what a server cuts its input to for the window of its model.</summary>
    public void LearnCut(ConversationCall call, long cut, long sent)
    {
        if (cut >= call.Lane.Compactor.Budget.Window)
            return;
        _windows.Learn(call.Model, (int)cut);
        _notices.Tell(ConversationNoticeKind.InputCut, call.Model, () => string.Create(
            CultureInfo.InvariantCulture,
            $"The server of {call.Model ?? "a model without a name"} reports {cut:N0} input tokens for requests that grew to {sent:N0}: "
            + $"it cuts them silently. Conversations are kept within {cut:N0} tokens from now on. Where the model takes more, raise the "
            + $"limit of the server (Ollama: num_ctx in the request's options, or OLLAMA_CONTEXT_LENGTH)."));
    }

    private ModelLane Remember(string called)
    {
        if (_lanes.Count >= Capacity)
            _lanes.Clear();
        var kind = _compactor.Options.Catalogue.Find(called).Kind;
        return _lanes[called] = kind < ModelMatchKind.Family || (kind == ModelMatchKind.Family && _usualModel is null)
            ? NewLane(_compactor.For(called)) : _usual;
    }

    private ModelLane NewLane(Compactor compactor)
    {
        var key = _compactor.Options.Counter is null ? (compactor.Model.Model.Tokenizer, compactor.Model.Model.Framing)
            : ((string?)null, (string?)null);
        var (conversations, requestTokens) = _known.GetOrAdd(key, _ =>
            (new KnownConversations(_options.MaxConversations, compactor.Counter), new RequestTokenCache(compactor.Counter)));
        return new ModelLane(
            compactor, conversations, requestTokens, new ViewCompactor(compactor, _options, _windows, _notices, _lifetime),
            compactor.Archive is { } archive ? new Recaller(compactor, archive) : null);
    }

    private void TellUnknown(Compactor compactor)
    {
        var (name, window) = (compactor.Options.Model, compactor.Budget.Window.ToString("N0", CultureInfo.InvariantCulture));
        _notices.Tell(ConversationNoticeKind.UnknownModel, name, () =>
            $"{(name is null ? "Nobody named the model" : $"The catalogue does not have the model '{name}'")}: its window is taken for "
            + $"{window} tokens ({compactor.Model.Reason}). Name a model that the catalogue has, or state CompactionOptions.Window.");
    }
}

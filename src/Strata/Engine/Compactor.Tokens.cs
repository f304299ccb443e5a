using Microsoft.Extensions.AI;

namespace Strata;

/// <content>What a conversation takes, and what there is.</content>
public sealed partial class Compactor
{
    /// <summary>How full the window is.</summary>
    public TokenUsage GetTokenUsage(IReadOnlyList<ChatMessage> messages, ChatOptions? chatOptions = null) =>
        GetTokenUsage(new CompactionRequest { Messages = messages, ChatOptions = chatOptions });

    /// <inheritdoc cref="GetTokenUsage(IReadOnlyList{ChatMessage}, ChatOptions?)"/>
    public TokenUsage GetTokenUsage(CompactionRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (transcript, tokens) = _parts.Memory.Recognize(request.Messages);
        return _parts.Gauge.Read(request, transcript, tokens, _parts.Gauge.ScaleOf(request));
    }

    /// <summary>Whether <paramref name="messages"/> are above the threshold, or a trigger has fired.</summary>
    public bool ShouldCompact(IReadOnlyList<ChatMessage> messages, ChatOptions? chatOptions = null) =>
        GetTokenUsage(messages, chatOptions).ShouldCompact;

    /// <summary>
    /// Tokens of <paramref name="messages"/> as a model of this kind would count them, with what frames each of them and a request.
    /// Nothing that was learnt from reported usage is in it; <see cref="GetTokenUsage(CompactionRequest)"/> has that.
    /// </summary>
    public int Count(IEnumerable<ChatMessage> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return (int)Math.Min(messages.Sum(message => (long)Counter.Count(message).Total) + Counter.CountRequest(null), int.MaxValue);
    }

    /// <summary>Tokens of <paramref name="messages"/> as the model's provider would report them, as far as its reports tell.</summary>
    public int EstimateTokens(IEnumerable<ChatMessage> messages) => Calibrator.ScaleOf(_options.Model).ToReported(Count(messages));

    /// <summary>
    /// The window of a model in tokens: what it takes, answer included. Of a model that nobody knows, it is assumed
    /// (<see cref="Models.ModelMatch.Kind"/> of the catalogue's answer says so).
    /// </summary>
    /// <param name="model">As a provider or a user writes it; null: none is named.</param>
    public static int WindowOf(string? model) => Models.ModelCatalogue.Default.Find(model).Model.Window;
}

using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Models;
using Strata.Providers.Faults;
using Strata.Tokens;

namespace Strata.Providers.Ollama;

/// <summary>
/// Decides <c>num_ctx</c>, the window that Ollama is to load the model with. Without it, Ollama takes a small one and cuts what exceeds it
/// without a word.
/// </summary>
internal sealed class OllamaContext(MessageCounter counter, int window)
{
    /// <summary>
    /// Ollama loads the model anew whenever the number changes, so it changes seldom: in steps of this many tokens, and never down.
    /// </summary>
    private const int Step = 4096;

    /// <summary>Tokens of the answer when no limit is given.</summary>
    private const int UsualOutput = 2048;

    /// <summary>
    /// What a cut prompt fills at the least, in tokens. Smaller counts come from versions that do not report what their prompt cache
    /// served.
    /// </summary>
    private const int SmallestContext = 1024;

    private int _largest;

    /// <summary>The window for one call.</summary>
    public OllamaCall For(IReadOnlyList<ChatMessage> messages, ChatOptions? options)
    {
        var input = (long)counter.CountRequest(options);
        foreach (var message in messages)
            input += counter.Count(message).Total;
        if (input > window)
            throw new ServerFaultException(
                CallFault.TooLong, $"was not asked: about {input} tokens of input do not fit the model's window of {window}");

        var needed = (long)Math.Ceiling(input * (1 + counter.Text.ErrorBand)) + (options?.MaxOutputTokens ?? UsualOutput);
        var size = (int)Math.Min((needed + Step - 1) / Step * Step, window);
        var largest = Volatile.Read(ref _largest);
        while (largest < size && Interlocked.CompareExchange(ref _largest, size, largest) is var seen && seen != largest)
            largest = seen;
        return new(Math.Max(size, largest), (int)input);
    }

    /// <summary>Throws when the server read much less than what was sent, or so much that nothing else fitted.</summary>
    /// <param name="call">What was sent.</param>
    /// <param name="read">The prompt tokens that the server reports; null when it reports none.</param>
    public void Check(OllamaCall call, long? read)
    {
        // Twice the error of the count is no error of the count any more. What is cut is cut to the window or, since 0.30, to half of it
        // and a few tokens.
        var band = counter.Text.ErrorBand;
        var isFarBelow = read >= SmallestContext && read < call.Input * Math.Max(.5, 1 - (2 * band));
        var isHalfTheWindow = read - (call.NumCtx / 2) is >= 0 and <= 4 && read < call.Input * (1 - band);
        if (read >= call.NumCtx || isFarBelow || isHalfTheWindow)
        {
            throw new ServerFaultException(
                CallFault.TooLong,
                $"cut the input without saying so: it read {read} of about {call.Input} tokens, with a window of {call.NumCtx} asked for. "
                + "Is the model's own window smaller, or OLLAMA_CONTEXT_LENGTH set");
        }
    }
}

/// <param name="NumCtx">The window asked for, in tokens.</param>
/// <param name="Input">The tokens of the input by our count.</param>
internal readonly record struct OllamaCall(int NumCtx, int Input);

using System.Text;
using Microsoft.Extensions.AI;

namespace Strata.Providers.Wire;

/// <summary>Separates <c>&lt;think&gt;…&lt;/think&gt;</c> at the beginning of an answer from the answer: servers without a parser for thinking send both as one text.</summary>
internal sealed class ThinkTags
{
    private const string Open = "<think>", Close = "</think>";

    private readonly StringBuilder _held = new();
    private State _state = State.Undecided;

    private enum State
    {
        Undecided,
        Thinking,
        Answering,
    }

    /// <summary>The contents of a text that is complete.</summary>
    public static IEnumerable<AIContent> Split(string text)
    {
        var tags = new ThinkTags();
        return [.. tags.Add(text), .. tags.End()];
    }

    /// <summary>The contents that are certain after one more piece.</summary>
    public IEnumerable<AIContent> Add(string piece)
    {
        if (_state == State.Answering)
        {
            if (piece.Length > 0)
                yield return new TextContent(piece);
            yield break;
        }

        var text = _held.Append(piece).ToString();
        if (_state == State.Undecided)
        {
            var start = text.AsSpan().TrimStart();
            if (start.Length < Open.Length && Open.AsSpan().StartsWith(start, StringComparison.Ordinal))
                yield break;
            var thinks = start.StartsWith(Open, StringComparison.Ordinal);
            _state = thinks ? State.Thinking : State.Answering;
            text = thinks ? start[Open.Length..].ToString() : text;
        }

        _held.Clear();
        if (_state == State.Answering)
        {
            yield return new TextContent(text);
            yield break;
        }

        var end = text.IndexOf(Close, StringComparison.Ordinal);
        if (end < 0)
        {
            var certain = text.Length - HeldBack(text);
            _held.Append(text, certain, text.Length - certain);
            if (certain > 0)
                yield return new TextReasoningContent(text[..certain]);
            yield break;
        }

        _state = State.Answering;
        if (end > 0)
            yield return new TextReasoningContent(text[..end]);
        if (text[(end + Close.Length)..].TrimStart() is { Length: > 0 } answer)
            yield return new TextContent(answer);
    }

    /// <summary>What was held back when nothing more comes.</summary>
    public IEnumerable<AIContent> End()
    {
        if (_held.Length > 0)
            yield return _state == State.Thinking ? new TextReasoningContent(_held.ToString()) : new TextContent(_held.ToString());
        _held.Clear();
    }

    /// <summary>The chars at the end that may be the beginning of the closing tag.</summary>
    private static int HeldBack(string text)
    {
        for (var length = Math.Min(Close.Length - 1, text.Length); length > 0; length--)
        {
            if (text.AsSpan().EndsWith(Close.AsSpan(0, length), StringComparison.Ordinal))
                return length;
        }

        return 0;
    }
}

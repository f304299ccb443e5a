using Microsoft.Extensions.AI;

namespace Strata.Conversations;

/// <summary>
/// Compares how the input that is reported for a conversation grows with how it was sent. A server that cuts silently reports the same
/// again and again, whatever it is sent.
/// </summary>
internal sealed class InputGrowth
{
    private const int MostSamples = 16;

    // A report may stay the same by chance once; the third request in a row is none.
    private const int LeastSteps = 2;

    // What a request has to have grown by, in tokens, before a report that did not grow says anything.
    private const int LeastStep = 16;
    private const int LeastGrowth = 48;

    // A server that drops whole messages reports now more, now less, within the size of a message.
    private const int GrowthOverRange = 3;
    private const double MostNetGrowth = .02;

    // A report below the first share of what was expected may be of a request that was cut: it is learnt from once the next one has grown
    // by the second share.
    private const double SureShare = .97;
    private const double LeastShare = .25;

    // No model is served with less. Smaller reports are of something else, such as the part of a prompt that no cache had.
    private const int SmallestWindow = 512;

    private readonly Lock _gate = new();
    private readonly List<InputSample> _samples = [];
    private InputSample? _doubtful;

    /// <summary>Takes a report.</summary>
    /// <param name="request">What was sent.</param>
    /// <param name="reported">The input that was reported for it, caches included.</param>
    public InputReport Add(PreparedRequest request, long reported)
    {
        var call = request.Call;
        var next = new InputSample(request.View, call.Messages.Length, request.Counted, request.Counted, reported);
        lock (_gate)
        {
            if (_samples.Count > 0 && (!ReferenceEquals(_samples[^1].View, next.View) || next.Counted < _samples[^1].Counted))
                Clear();
            if (_samples.Count == 0)
                return Judge(next, reported, call.Scale.ToReported(next.Counted));
            var last = _samples[^1];
            next = next with { Surely = last.Surely + next.Counted - last.Counted - ReasoningIn(call, last.Messages) };
            if (next.Surely - last.Surely < LeastStep)
                return new InputReport([], Cut: null);
            if (_samples.Count == MostSamples)
                _samples.RemoveAt(0);
            var report = Judge(next, reported - last.Reported, call.Scale.Ratio * (next.Surely - last.Surely));
            if (CutOf(call.Scale.Ratio) is not { } cut)
                return report;
            Clear();
            return new InputReport([], cut);
        }
    }

    private void Clear()
    {
        _samples.Clear();
        _doubtful = null;
    }

    private InputReport Judge(InputSample next, double growth, double expected)
    {
        var before = _samples.Count > 0 && growth >= LeastShare * expected ? _doubtful : null;
        var isSure = growth >= SureShare * expected;
        _doubtful = isSure || (_samples.Count > 0 && growth < LeastShare * expected) ? null : next;
        _samples.Add(next);
        InputSample?[] learnt = [before, isSure ? next : null];
        return new InputReport([.. learnt.OfType<InputSample>()], Cut: null);
    }

    /// <summary>The most that was taken where requests grew and reports did not; null where they grew as well.</summary>
    private long? CutOf(double ratio)
    {
        var (last, least, most) = (_samples[^1], _samples[^1].Reported, _samples[^1].Reported);
        for (var i = _samples.Count - 2; i >= 0; i--)
        {
            var first = _samples[i];
            (least, most) = (Math.Min(least, first.Reported), Math.Max(most, first.Reported));
            var growth = ratio * (last.Surely - first.Surely);
            if (_samples.Count - 1 - i >= LeastSteps && most >= SmallestWindow && growth >= LeastGrowth
                && growth >= GrowthOverRange * (most - least) && last.Reported - first.Reported <= MostNetGrowth * growth)
                return most;
        }

        return null;
    }

    // Reasoning that goes back to a vendor may not be billed again, so that reports need not grow with it.
    private static long ReasoningIn(ConversationCall call, int from) => call.Messages.Skip(from)
        .SelectMany(message => message.Contents).Where(content => content is TextReasoningContent)
        .Sum(content => (long)call.Lane.Compactor.Counter.CountContent(content));
}

using Strata.Formats;
using Strata.Rendering;
using Strata.Transcripts;

namespace Strata.Benchmarks;

/// <summary>Everything that must hold of one session whatever it is compacted to; says what does not.</summary>
internal sealed class SessionCheck(ISessionFormat format, byte[] bytes)
{
    // The last rung fits any window of this many tokens.
    private const int SmallestTarget = 1_000;

    private readonly List<string> _failures = [];

    public async Task<IReadOnlyList<string>> RunAsync(string[] strategies, int[] shares, CancellationToken cancellationToken)
    {
        var where = "reading";
        try
        {
            var document = await ReadAsync(bytes, cancellationToken);
            where = "unchanged";
            var same = await WriteAsync(
                document, [.. document.Messages.Select((message, i) => new OutgoingMessage(message, i))], cancellationToken);
            Expect(same.AsSpan().SequenceEqual(bytes), where, "written back it has other bytes");
            var faultsBefore = ConversationValidator.Check(document.Messages).Count;
            foreach (var strategy in strategies)
            {
                var compactor = new Compactor(new CompactionOptions { Model = document.Model, Window = 100_000_000, Strategy = strategy });
                foreach (var share in shares)
                {
                    where = $"{strategy} {share} %";
                    await CheckAsync(document, compactor, share, faultsBefore, where, cancellationToken);
                }
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _failures.Add($"{where}: {exception.GetType().Name}: {exception.Message} {exception.StackTrace?.Split('\n')[0].Trim()}");
        }

        return _failures;
    }

    private async Task CheckAsync(
        SessionDocument document, Compactor compactor, int share, int faultsBefore, string where, CancellationToken cancellationToken)
    {
        // Instructions and tools are sent whole whatever happens to the messages, so the share is one of the messages.
        var before = compactor.GetTokenUsage(document.Messages, document.Options).Current;
        var request = compactor.GetTokenUsage([], document.Options).Current;
        var target = request + Math.Max(SmallestTarget, (int)((long)(before - request) * share / 100));
        var result = await compactor.CompactAsync(
            CompactionCase.Request(document.Messages, target) with { ChatOptions = document.Options }, cancellationToken);
        if (result.Outcome == CompactionOutcome.CannotFit)
        {
            _failures.Add($"{where}: cannot fit {before:N0} into {target:N0}: {result.Reason}");
            return;
        }

        var written = await WriteAsync(document, result.Outgoing, cancellationToken);
        Expect(SessionFormats.Detect(written.AsSpan(0, Math.Min(written.Length, SessionFormats.HeadLength)))?.Name == format.Name, where,
            "the format is no longer recognized");
        var again = await ReadAsync(written, cancellationToken);
        var faults = ConversationValidator.Check(again.Messages);
        var after = compactor.GetTokenUsage(again.Messages, again.Options).Current;
        var unchanged = result.Outcome == CompactionOutcome.Unchanged;
        Expect(faults.Count <= (unchanged ? faultsBefore : 0), where, $"not valid: {faults.FirstOrDefault()}");
        Expect(after <= target, where, $"{after:N0} tokens when read again, {result.TokensAfter:N0} planned, the target is {target:N0}");
        Expect(again.Problems.Count <= document.Problems.Count, where, $"new problem: {again.Problems.FirstOrDefault()}");
        Expect(UntouchedLines.FirstLost(document, bytes, result.Outgoing, written) is var lost && lost is null, where,
            $"not written back as it was: {lost}");
    }

    private void Expect(bool holds, string where, string failure)
    {
        if (!holds)
            _failures.Add($"{where}: {failure}");
    }

    private async Task<SessionDocument> ReadAsync(byte[] input, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream(input);
        return await format.ReadAsync(stream, cancellationToken);
    }

    private async Task<byte[]> WriteAsync(
        SessionDocument document, IReadOnlyList<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        using var stream = new MemoryStream();
        await format.WriteAsync(document, messages, stream, cancellationToken);
        return stream.ToArray();
    }
}

using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>
/// What must hold of real sessions. They are read from the folder that STRATA_DATA names; without it the tests are skipped.
/// </summary>
public abstract class SessionDataContract
{
    protected abstract ISessionFormat Format { get; }

    /// <summary>Files of this format below the data folder: folder patterns and a file pattern.</summary>
    protected abstract IReadOnlyList<string> Patterns { get; }

    /// <summary>Further things that must hold of a written file.</summary>
    protected virtual void Check(byte[] before, byte[] after)
    {
    }

    [Fact]
    public async Task EverySession_Unchanged_IsByteIdentical()
    {
        var (files, messages) = (0, 0);
        foreach (var path in Files())
        {
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            SessionFormats.Detect(bytes.AsSpan(0, Math.Min(bytes.Length, SessionFormats.HeadLength)))?.Name.ShouldBe(Format.Name, path);
            var document = await ReadAsync(bytes);
            document.Messages.Count.ShouldBeGreaterThan(0, path);
            (await WriteAsync(document, [.. document.Messages.Select(static (message, i) => new OutgoingMessage(message, i))]))
                .AsSpan().SequenceEqual(bytes).ShouldBeTrue(path);
            (files, messages) = (files + 1, messages + document.Messages.Count);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{files} sessions, {messages} messages");
    }

    [Fact]
    public async Task EverySession_RandomCuts_ReadBackRight()
    {
        var (cuts, lines, changed) = (0, 0, 0);
        foreach (var path in Files())
        {
            var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
            var document = await ReadAsync(bytes);
            var known = Lines(bytes).ToHashSet(StringComparer.Ordinal);
            for (var seed = 0; seed < 12; seed++)
            {
                var outgoing = SessionFixture.RandomCut(document, new Random(seed), "A summary.", Shorten);
                if (outgoing.Count == 0)
                    continue;
                var after = await WriteAsync(document, outgoing);
                var again = await ReadAsync(after);
                var expected = SessionFixture.Canonical(outgoing.Select(static message => message.Message));
                var found = SessionFixture.Canonical(again.Messages);
                for (var i = 0; i < Math.Min(expected.Count, found.Count); i++)
                    Assert.True(string.Equals(found[i], expected[i], StringComparison.Ordinal), $"{path}, seed {seed}, message {i}");
                found.Count.ShouldBe(expected.Count, $"{path}, seed {seed}");
                again.Problems.Count.ShouldBe(document.Problems.Count, path);
                Check(bytes, after);
                (cuts, lines, changed) =
                    (cuts + 1, lines + Lines(after).Length, changed + Lines(after).Count(line => !known.Contains(line)));
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{cuts} cuts, {lines} lines written, {changed} of them not in the source");
    }

    private static string[] Lines(byte[] file) => Encoding.UTF8.GetString(file).Split('\n');

    protected IReadOnlyList<string> Files()
    {
        var root = Environment.GetEnvironmentVariable("STRATA_DATA");
        if (string.IsNullOrEmpty(root))
            Assert.Skip("STRATA_DATA is not set.");
        string[] files = [.. Patterns.SelectMany(pattern => Match(root, pattern.Split('/'))).Order(StringComparer.Ordinal)];
        files.ShouldNotBeEmpty();
        return files;
    }

    protected async Task<SessionDocument> ReadAsync(byte[] bytes)
    {
        using var input = new MemoryStream(bytes);
        return await Format.ReadAsync(input, TestContext.Current.CancellationToken);
    }

    private static IEnumerable<string> Match(string folder, string[] pattern) => pattern switch
    {
        [var file] => Directory.Exists(folder) ? Directory.EnumerateFiles(folder, file) : [],
        [var name, .. var rest] => Directory.EnumerateDirectories(folder, name).SelectMany(below => Match(below, rest)),
        _ => [],
    };

    private static ChatMessage? Shorten(ChatMessage message) =>
        message.Contents.Any(static content => content is FunctionResultContent)
            ? new ChatMessage(message.Role, [.. message.Contents.Select(static content =>
                content is FunctionResultContent result ? new FunctionResultContent(result.CallId, "cut short") : content)])
            : null;

    private async Task<byte[]> WriteAsync(SessionDocument document, IReadOnlyList<OutgoingMessage> messages)
    {
        using var output = new MemoryStream();
        await Format.WriteAsync(document, messages, output, TestContext.Current.CancellationToken);
        return output.ToArray();
    }
}

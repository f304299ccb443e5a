using System.Text;
using Microsoft.Extensions.AI;
using Strata.Formats;
using Strata.Transcripts;

namespace Strata.Tests.Contracts;

/// <summary>What every session format promises. A format's tests inherit it and name their fixtures.</summary>
public abstract partial class SessionFormatContract
{
    protected const string SummaryText = "[Previous conversation summary] The user asked; \"it\" was done.\nTwo lines \ud83d\ude80.";
    private const string Shortened = "head of the result\n[… cut, handle r-1 …]\ntail with \"quotes\" and \\ and ü";

    /// <summary>The format under test.</summary>
    protected abstract ISessionFormat Format { get; }

    /// <summary>Names of files under Formats/Fixtures that are of this format and without a broken place.</summary>
    protected abstract IReadOnlyList<string> Fixtures { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>
    /// What a list of messages reads back as, where the vendor demands another division into messages than the one written.
    /// </summary>
    protected virtual IReadOnlyList<ChatMessage> ReadBack(IReadOnlyList<ChatMessage> messages) => messages;

    /// <summary>Where a new message in front of all others comes to stand; an agent's own summary may have to stay before it.</summary>
    protected virtual IReadOnlyList<OutgoingMessage> PutFirst(SessionDocument document, OutgoingMessage message) =>
        [message, .. Unchanged(document)];

    /// <summary>Further things that must hold of a written file.</summary>
    protected virtual void Check(byte[] before, byte[] after)
    {
    }

    [Fact]
    public void Fixtures_OfTheFormat_Exist() => Fixtures.ShouldNotBeEmpty();

    [Fact]
    public void Detect_OwnFixture_IsSurerThanEveryOtherFormat()
    {
        foreach (var name in Fixtures)
        {
            var head = SessionFixture.Bytes(name).AsSpan();
            SessionFormats.Detect(head[..Math.Min(head.Length, SessionFormats.HeadLength)])?.Name.ShouldBe(Format.Name, name);
        }
    }

    [Fact]
    public void Find_ByName_GivesTheFormat() => SessionFormats.Find(Format.Name.ToUpperInvariant())?.Name.ShouldBe(Format.Name);

    [Fact]
    public void Detect_OtherBytes_IsNotSure()
    {
        Format.Detect([]).ShouldBe(0);
        Format.Detect("plain text\nof two lines"u8).ShouldBe(0);
        Format.Detect([0x7f, 0x45, 0x4c, 0x46, 0, 1, 2, 3, 0xff, 0xfe]).ShouldBe(0);
        Format.Detect("{\"hello\":\"world\"}"u8).ShouldBe(0);
        Format.Detect("[1,2,3]"u8).ShouldBe(0);
    }

    [Fact]
    public async Task ReadAsync_Fixture_PlacesEveryMessage()
    {
        foreach (var name in Fixtures)
        {
            var document = await ReadAsync(SessionFixture.Bytes(name));
            document.Format.ShouldBe(Format.Name);
            document.Problems.ShouldBeEmpty(name);
            document.Messages.Count.ShouldBeGreaterThan(2, name);
            for (var i = 0; i < document.Messages.Count; i++)
                document.PlaceOf(i).ShouldNotBeNullOrWhiteSpace();
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n  \n")]
    [InlineData("not json")]
    [InlineData("{\"hello\":\"world\"}\n")]
    public async Task ReadAsync_NothingReadable_ThrowsSessionFormatException(string text)
    {
        var exception = await Should.ThrowAsync<SessionFormatException>(() => ReadAsync(Encoding.UTF8.GetBytes(text)));
        exception.Message.Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task ReadAsync_BinaryInput_ThrowsSessionFormatException()
    {
        var bytes = new byte[5000];
        new Random(7).NextBytes(bytes);
        await Should.ThrowAsync<SessionFormatException>(() => ReadAsync(bytes));
    }

    [Fact]
    public async Task ReadAsync_AndWriteAsync_LeaveTheStreamsOpen()
    {
        using var input = new MemoryStream(SessionFixture.Bytes(Fixtures[0]));
        var document = await Format.ReadAsync(input, Cancellation);
        input.CanRead.ShouldBeTrue();
        using var output = new MemoryStream();
        await Format.WriteAsync(document, Unchanged(document), output, Cancellation);
        output.CanWrite.ShouldBeTrue();
    }

    [Fact]
    public async Task WriteAsync_AllUnchanged_IsByteIdentical()
    {
        foreach (var name in Fixtures)
        {
            var bytes = SessionFixture.Bytes(name);
            var document = await ReadAsync(bytes);
            (await WriteAsync(document, Unchanged(document))).ShouldBe(bytes, name);
        }
    }

    [Fact]
    public async Task WriteAsync_CopiesWithTheSameContents_IsByteIdentical()
    {
        foreach (var name in Fixtures)
        {
            var bytes = SessionFixture.Bytes(name);
            var document = await ReadAsync(bytes);
            var copies = document.Messages.Select(static (message, i) =>
                new OutgoingMessage(new ChatMessage(message.Role, [.. message.Contents]), i));
            (await WriteAsync(document, [.. copies])).ShouldBe(bytes, name);
        }
    }

    [Fact]
    public async Task WriteAsync_OneGroupRemoved_ReadsBackTheRest()
    {
        foreach (var name in Fixtures)
        {
            var document = await ReadAsync(SessionFixture.Bytes(name));
            foreach (var group in SessionFixture.Groups(document.Messages))
                await CheckAsync(name, document, Without(document, group));
        }
    }

    [Fact]
    public async Task WriteAsync_OneGroupReplacedBySummary_ReadsBackTheSummaryInItsPlace()
    {
        foreach (var name in Fixtures)
        {
            var document = await ReadAsync(SessionFixture.Bytes(name));
            foreach (var group in SessionFixture.Groups(document.Messages))
                await CheckAsync(name, document, WithSummary(document, group));
        }
    }

    [Fact]
    public async Task WriteAsync_AllButTheLastGroupReplacedBySummary_ReadsBackSummaryAndLastGroup()
    {
        foreach (var name in Fixtures)
        {
            var document = await ReadAsync(SessionFixture.Bytes(name));
            var groups = SessionFixture.Groups(document.Messages);
            await CheckAsync(name, document, WithSummary(document, [.. groups.SkipLast(1).SelectMany(static group => group).Order()]));
            await CheckAsync(name, document, WithSummary(document, [.. Enumerable.Range(0, document.Messages.Count)]));
        }
    }

    [Fact]
    public async Task WriteAsync_OneResultShortened_ReadsBackTheShortText()
    {
        foreach (var name in Fixtures)
        {
            var document = await ReadAsync(SessionFixture.Bytes(name));
            for (var i = 0; i < document.Messages.Count; i++)
            {
                if (Shorten(document.Messages[i]) is { } shorter)
                    await CheckAsync(name, document,
                        [.. Unchanged(document).Select(outgoing => outgoing.SourceIndex == i ? new(shorter, i) : outgoing)]);
            }
        }
    }

    [Fact]
    public async Task WriteAsync_NewMessagesBesideTheOld_ReadsThemBack()
    {
        foreach (var name in Fixtures)
        {
            var document = await ReadAsync(SessionFixture.Bytes(name));
            var note = new OutgoingMessage(new ChatMessage(ChatRole.User, "A note that replaces nothing."), -1);
            await CheckAsync(name, document, [.. Unchanged(document), note]);
            await CheckAsync(name, document, [.. Unchanged(document).Take(1), note, .. Unchanged(document).Skip(1)]);
            await CheckAsync(name, document, PutFirst(document, note));
        }
    }

    [Fact]
    public async Task WriteAsync_RandomCuts_ReadBackAndAreTheSameTwice()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var name = Fixtures[seed % Fixtures.Count];
            var document = await ReadAsync(SessionFixture.Bytes(name));
            var outgoing = SessionFixture.RandomCut(document, new Random(seed), SummaryText, Shorten);
            if (outgoing.Count == 0)
                continue;
            await CheckAsync($"{name}, seed {seed}", document, outgoing);
            (await WriteAsync(document, outgoing)).ShouldBe(await WriteAsync(document, outgoing));
        }
    }

    [Fact]
    public async Task WriteAsync_FromAnotherFormat_KeepsTextsAndCalls()
    {
        var source = new ForeignDocument();
        var bytes = await WriteAsync(source, Unchanged(source));
        var document = await ReadAsync(bytes);
        SessionFixture.Canonical(document.Messages.SelectMany(static message => message.Contents))
            .ShouldBe(SessionFixture.Canonical(source.Messages.SelectMany(static message => message.Contents)));
        document.Messages.SelectMany(static message => message.Contents.Select(_ => message.Role))
            .ShouldBe(source.Messages.SelectMany(static message => message.Contents.Select(_ => message.Role)));
        (await WriteAsync(document, Unchanged(document))).ShouldBe(bytes);
        SessionFormats.Detect(bytes)?.Name.ShouldBe(Format.Name);
    }

    [Fact]
    public async Task WriteAsync_AnyCut_DoesNotTouchTheDocument()
    {
        var document = await ReadAsync(SessionFixture.Bytes(Fixtures[0]));
        var before = SessionFixture.Canonical(document.Messages);
        await WriteAsync(document, WithSummary(document, SessionFixture.Groups(document.Messages)[1]));
        SessionFixture.Canonical(document.Messages).ShouldBe(before);
    }
}

using Microsoft.Extensions.AI;
using Strata.Ranking;

namespace Strata.Tests.Ranking;

public sealed class PreRankedEmbeddingsTests
{
    private static readonly RankableDocument[] Documents =
        [.. Enumerable.Range(0, 50).Select(i => new RankableDocument($"d{i}", i % 10 == 0 ? $"oven {i}" : $"cat {i}"))];

    [Fact]
    public async Task GenerateAsync_ByDefault_SavesSeventyPercent()
    {
        using var generator = new LengthGenerator();

        var result = await new PreRankedEmbeddings(new LexicalRanker(), generator)
            .GenerateAsync("oven", Documents, cancellationToken: TestContext.Current.CancellationToken);

        (result.Asked, result.Embedded).ShouldBe((50, 15));
        result.Saved.ShouldBe(.7, 1e-9);
        generator.Texts.Count.ShouldBe(15);
        result.Documents.Take(5).ShouldAllBe(document => document.Document.Index % 10 == 0);
        result.Documents.Select(document => document.Embedding.Vector.ToArray()[0])
            .ShouldBe(result.Documents.Select(document => (float)Documents[document.Document.Index].Text.Length));
    }

    [Theory]
    [InlineData(10, 3)]
    [InlineData(7, 3)]
    [InlineData(1, 1)]
    [InlineData(0, 0)]
    public async Task GenerateAsync_Share_IsRoundedUp(int count, int embedded)
    {
        using var generator = new LengthGenerator();

        (await new PreRankedEmbeddings(new LexicalRanker(), generator)
            .GenerateAsync("oven", Documents[..count], cancellationToken: TestContext.Current.CancellationToken))
            .Embedded.ShouldBe(embedded);
    }

    [Fact]
    public async Task GenerateAsync_Top_GoesBeforeShare()
    {
        using var generator = new LengthGenerator();

        (await new PreRankedEmbeddings(new LexicalRanker(), generator) { Top = 4 }
            .GenerateAsync("oven", Documents, cancellationToken: TestContext.Current.CancellationToken))
            .Embedded.ShouldBe(4);
        await Should.ThrowAsync<ArgumentOutOfRangeException>(async () =>
            await new PreRankedEmbeddings(new LexicalRanker(), generator) { Share = 0 }
                .GenerateAsync("oven", Documents, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task GenerateAsync_GeneratorLosesTexts_IsAnError()
    {
        using var generator = new LengthGenerator { Lost = 1 };

        (await Should.ThrowAsync<InvalidOperationException>(async () =>
            await new PreRankedEmbeddings(new LexicalRanker(), generator)
                .GenerateAsync("oven", Documents, cancellationToken: TestContext.Current.CancellationToken)))
            .Message.ShouldContain("14 embeddings for 15 texts");
    }

    private sealed class LengthGenerator : IEmbeddingGenerator<string, Embedding<float>>
    {
        public int Lost { get; init; }

        public List<string> Texts { get; } = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            Texts.AddRange(values);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(Texts.Skip(Lost)
                .Select(text => new Embedding<float>(new float[] { text.Length }))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}

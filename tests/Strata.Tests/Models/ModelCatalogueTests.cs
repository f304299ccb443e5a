using FsCheck;
using FsCheck.Fluent;
using Strata.Models;
using Strata.Tokens;

namespace Strata.Tests.Models;

public sealed partial class ModelCatalogueTests
{
    private static readonly ModelCatalogue Catalogue = ModelCatalogue.Default;

    // The table of seed 1.
    [Theory]
    [InlineData("gpt-4", 8_192)]
    [InlineData("gpt-4-turbo", 128_000)]
    [InlineData("gpt-4o", 128_000)]
    [InlineData("gpt-4o-mini", 128_000)]
    [InlineData("gpt-4.1", 1_000_000)]
    [InlineData("claude-3-opus", 200_000)]
    [InlineData("claude-3-sonnet", 200_000)]
    [InlineData("claude-3.5-sonnet", 200_000)]
    [InlineData("gemini-1.5-pro", 2_000_000)]
    [InlineData("gemini-1.5-flash", 1_000_000)]
    [InlineData("gemini-2.0-flash", 1_000_000)]
    [InlineData("deepseek-v3", 64_000)]
    [InlineData("deepseek-chat", 64_000)]
    [InlineData("deepseek-reasoner", 64_000)]
    [InlineData("qwen-2.5", 128_000)]
    [InlineData("qwen-max", 128_000)]
    [InlineData("glm-4", 128_000)]
    [InlineData("glm-4.6", 128_000)]
    [InlineData("mistral-large", 128_000)]
    [InlineData("llama-3.1-405b", 128_000)]
    [InlineData("llama-3.2", 128_000)]
    public void Find_ANameOfTheSmartProfile_IsItsTable(string name, int window)
    {
        var match = Catalogue.Find(name);

        (match.Kind, match.Model.Window, match.Model.Id).ShouldBe((ModelMatchKind.Exact, window, name));
        match.Model.Source.ShouldContain("smart");
    }

    [Theory]
    [InlineData("openai/gpt-4.1", 1_047_576)]
    [InlineData("deepseek/deepseek-chat", 1_000_000)]
    [InlineData("zai/glm-4.6", 204_800)]
    [InlineData("google/gemini-2.0-flash", 1_048_576)]
    public void Find_ANameOfTheSmartProfileWithItsProvider_IsModelsDev(string name, int window)
    {
        var match = Catalogue.Find(name);

        (match.Kind, match.Model.Window).ShouldBe((ModelMatchKind.ProviderAndId, window));
        match.Model.Source.ShouldContain("models.dev");
    }

    [Theory]
    [InlineData("gpt-4o-2024-08-06", ModelMatchKind.Exact, "openai", "gpt-4o-2024-08-06", 128_000)]
    [InlineData("GPT-4o-2024-08-06", ModelMatchKind.Exact, "openai", "gpt-4o-2024-08-06", 128_000)]
    [InlineData("gpt-4.1-2025-04-14", ModelMatchKind.Dated, "openai", "gpt-4.1", 1_047_576)]
    [InlineData("gpt-4-turbo-2024-04-09", ModelMatchKind.Dated, "openai", "gpt-4-turbo", 128_000)]
    [InlineData("gpt-4-0613", ModelMatchKind.Dated, "openai", "gpt-4", 8_192)]
    [InlineData("gpt-4-1106-preview", ModelMatchKind.Exact, "openai", "gpt-4-1106-preview", 128_000)]
    [InlineData("gpt-5", ModelMatchKind.Exact, "openai", "gpt-5", 400_000)]
    [InlineData("gpt-5-2025-08-07", ModelMatchKind.Dated, "openai", "gpt-5", 400_000)]
    [InlineData("gpt-5-high", ModelMatchKind.Suffixed, "openai", "gpt-5", 400_000)]
    [InlineData("gpt-5.4-mini", ModelMatchKind.Exact, "openai", "gpt-5.4-mini", 400_000)]
    [InlineData("azure/gpt-5-mini", ModelMatchKind.ProviderAndId, "azure", "gpt-5-mini", 272_000)]
    [InlineData("azure_ai/gpt-4o", ModelMatchKind.ProviderAndId, "azure", "gpt-4o", 128_000)]
    [InlineData("github_copilot/gpt-4.1", ModelMatchKind.ProviderAndId, "github-copilot", "gpt-4.1", 128_000)]
    [InlineData("ft:gpt-3.5-turbo:acme::abc123", ModelMatchKind.Suffixed, "openai", "gpt-3.5-turbo", 16_385)]
    [InlineData("o1-mini-2024-09-12", ModelMatchKind.Dated, "openai", "o1-mini", 128_000)]
    [InlineData("claude-opus-4-5-20251101", ModelMatchKind.Exact, "anthropic", "claude-opus-4-5-20251101", 200_000)]
    [InlineData("claude-opus-4-6", ModelMatchKind.Exact, "anthropic", "claude-opus-4-6", 1_000_000)]
    [InlineData("claude-sonnet-4-6", ModelMatchKind.Exact, "anthropic", "claude-sonnet-4-6", 1_000_000)]
    [InlineData("claude-sonnet-4-6-20260217", ModelMatchKind.Dated, "anthropic", "claude-sonnet-4-6", 1_000_000)]
    [InlineData("claude-3-7-sonnet", ModelMatchKind.Dated, "anthropic", "claude-3-7-sonnet-20250219", 200_000)]
    [InlineData("claude-3.7-sonnet:thinking", ModelMatchKind.Dated, "anthropic", "claude-3-7-sonnet-20250219", 200_000)]
    [InlineData("claude-opus-4.5", ModelMatchKind.Exact, "anthropic", "claude-opus-4-5", 200_000)]
    [InlineData("claude-sonnet-4-5[1m]", ModelMatchKind.Suffixed, "anthropic", "claude-sonnet-4-5", 1_000_000)]
    [InlineData("claude-opus-4-6-fast", ModelMatchKind.Suffixed, "anthropic", "claude-opus-4-6", 1_000_000)]
    [InlineData("anthropic/claude-opus-4.5", ModelMatchKind.ProviderAndId, "anthropic", "claude-opus-4-5", 200_000)]
    [InlineData("openrouter/anthropic/claude-opus-4.5", ModelMatchKind.ProviderAndId, "openrouter", "anthropic/claude-opus-4.5", 200_000)]
    [InlineData(
        "us.anthropic.claude-sonnet-4-20250514-v1:0", ModelMatchKind.ProviderAndId, "anthropic", "claude-sonnet-4-20250514", 200_000)]
    [InlineData("bedrock/us.anthropic.claude-3-5-sonnet-20241022-v2:0", ModelMatchKind.ProviderAndId, "anthropic",
        "claude-3-5-sonnet-20241022", 200_000)]
    [InlineData("eu.anthropic.claude-opus-4-6-v1", ModelMatchKind.Exact, "amazon-bedrock", "eu.anthropic.claude-opus-4-6-v1", 1_000_000)]
    [InlineData("amazon.nova-pro-v1:0", ModelMatchKind.Exact, "amazon-bedrock", "amazon.nova-pro-v1:0", 300_000)]
    [InlineData("vertex_ai/claude-sonnet-4@20250514", ModelMatchKind.ProviderAndId, "google-vertex", "claude-sonnet-4@20250514", 200_000)]
    [InlineData("claude-opus-4-1@20250805", ModelMatchKind.Exact, "anthropic", "claude-opus-4-1-20250805", 200_000)]
    [InlineData("gemini-1.5-pro-002", ModelMatchKind.Dated, null, "gemini-1.5-pro", 2_000_000)]
    [InlineData("gemini-2.5-pro-preview-06-05", ModelMatchKind.Dated, "openrouter", "google/gemini-2.5-pro-preview", 1_048_576)]
    [InlineData("models/gemini-2.5-pro", ModelMatchKind.ProviderAndId, "google", "gemini-2.5-pro", 1_048_576)]
    [InlineData("gemini-3.5-flash", ModelMatchKind.Exact, "google", "gemini-3.5-flash", 1_048_576)]
    [InlineData("qwen2.5", ModelMatchKind.Exact, null, "qwen-2.5", 128_000)]
    [InlineData("qwen2.5:7b", ModelMatchKind.Suffixed, "alibaba", "qwen2-5-7b-instruct", 131_072)]
    [InlineData("qwen2.5:7b-instruct-q4_K_M", ModelMatchKind.Suffixed, "alibaba", "qwen2-5-7b-instruct", 131_072)]
    [InlineData("Qwen/Qwen2.5-7B-Instruct", ModelMatchKind.ProviderAndId, "alibaba", "qwen2-5-7b-instruct", 131_072)]
    [InlineData("qwen/qwen3-coder:free", ModelMatchKind.Exact, "openrouter", "qwen/qwen3-coder:free", 262_000)]
    [InlineData("hf.co/unsloth/Qwen3-30B-A3B-GGUF:Q4_K_M", ModelMatchKind.Suffixed, "openrouter", "qwen/qwen3-30b-a3b", 40_960)]
    [InlineData("llama3:8b", ModelMatchKind.Suffixed, "openrouter", "meta-llama/llama-3-8b-instruct", 8_192)]
    [InlineData("meta-llama/Llama-3.3-70B-Instruct", ModelMatchKind.ProviderAndId, "llama", "llama-3.3-70b-instruct", 128_000)]
    [InlineData("deepseek-r1:14b", ModelMatchKind.Suffixed, "openrouter", "deepseek/deepseek-r1", 64_000)]
    [InlineData("gpt-oss:20b", ModelMatchKind.Exact, "ollama-cloud", "gpt-oss:20b", 131_072)]
    [InlineData("moonshotai/kimi-k2.5", ModelMatchKind.ProviderAndId, "moonshotai", "kimi-k2.5", 262_144)]
    [InlineData("mistral-large-2411", ModelMatchKind.Exact, "mistral", "mistral-large-2411", 131_072)]
    [InlineData("claude-opus-5-5", ModelMatchKind.Exact, "anthropic", "claude-opus-5-5", 1_000_000)]
    [InlineData("anthropic/claude-haiku-5.5", ModelMatchKind.ProviderAndId, "anthropic", "claude-haiku-5-5", 1_000_000)]
    [InlineData("claude-fable-5-2-20261109", ModelMatchKind.Dated, "anthropic", "claude-fable-5-2", 1_000_000)]
    [InlineData("gpt-6.1-sol", ModelMatchKind.Exact, "openai", "gpt-6.1-sol", 1_050_000)]
    [InlineData("gpt-5.6-sol-high", ModelMatchKind.Suffixed, "openai", "gpt-5.6-sol", 1_050_000)]
    [InlineData("gemini-4-neon", ModelMatchKind.Exact, "google", "gemini-4-neon", 1_048_576)]
    [InlineData("kimi-k3", ModelMatchKind.Exact, "moonshotai", "kimi-k3", 1_048_576)]
    [InlineData("grok-4-1-fast-reasoning", ModelMatchKind.Exact, "azure", "grok-4-1-fast-reasoning", 128_000)]
    public void Find_ANameAsItOccurs_IsTheRowItMeans(string name, ModelMatchKind kind, string? provider, string id, int window)
    {
        var match = Catalogue.Find(name);

        (match.Kind, match.Model.Provider, match.Model.Id, match.Model.Window).ShouldBe((kind, provider, id, window));
        match.Reason.ShouldContain(name);
    }

    [Theory]
    [InlineData("claude-opus-5-5", true)]
    [InlineData("claude-fable-5-1", true)]
    [InlineData("claude-opus-5", false)]
    [InlineData("gpt-5", null)]
    public void Find_AModelThatThinks_SaysWhetherItsThinkingIsBoundToItsPrefix(string name, bool? bound) =>
        Catalogue.Find(name).Model.ThinkingBoundToPrefix.ShouldBe(bound);

    [Theory]
    [InlineData("claude-opus-5-9", 1_000_000, "claude-2026")]
    [InlineData("gpt-6.7-sol", 922_000, "o200k_base")]
    [InlineData("gpt-5.9-foo", 272_000, "o200k_base")]
    [InlineData("claude-9-mega", 200_000, "claude")]
    [InlineData("sonnet", 200_000, "claude-2026")]
    [InlineData("gemini-4-ultra", 1_000_000, "gemini")]
    [InlineData("glm-4-plus", 128_000, "glm")]
    [InlineData("qwen3:4b", 40_960, "qwen")]
    [InlineData("mistral:7b", 32_768, "llama2")]
    [InlineData("codellama:13b", 16_384, "llama2")]
    [InlineData("grok-9", 128_000, "grok")]
    [InlineData("acme/kimi-k9", 128_000, "kimi")]
    public void Find_OnlyTheFamilyIsKnown_IsItsCautiousWindow(string name, int window, string tokenizer)
    {
        var match = Catalogue.Find(name);

        (match.Kind, match.Model.Window, match.Model.Tokenizer).ShouldBe((ModelMatchKind.Family, window, tokenizer));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("<synthetic>")]
    [InlineData("my-private-model")]
    [InlineData("/")]
    [InlineData("a//b/")]
    [InlineData("::")]
    [InlineData("-20250101")]
    public void Find_NothingIsKnown_Is32000(string? name)
    {
        var match = Catalogue.Find(name);

        (match.Kind, match.Model.Window).ShouldBe((ModelMatchKind.Default, 32_000));
        match.Reason.ShouldContain("32,000");
    }

    [Fact]
    public void Find_AnyText_NeverThrows() => Prop
        .ForAll(
            Gen.Elements("gpt", "claude", "-", "/", ":", "@", ".", "[", "]", "4", "2024", "08", "us.", "anthropic.", "ft:", "<", " ", "ü",
                "\0", "qwen", "-q4_K_M", "-v1:0")
                .ListOf().Select(string.Concat).ToArbitrary(),
            name => Catalogue.Find(name).Model.Window.ShouldBeGreaterThan(0))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

    [Fact]
    public void Find_SeveralProvidersDisagree_SaysWhoseWindowIsTaken()
    {
        Catalogue.Find("claude-opus-4-6").Reason.ShouldContain("its own vendor, anthropic");
        Catalogue.Find("deepseek-r1:14b").Reason.ShouldContain("the smallest");
    }
}

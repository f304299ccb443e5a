using Strata.Calls;
using Strata.Models;

namespace Strata.Providers.Tests;

public sealed class ModelProvidersTests
{
    private static ModelProviders Providers(params (string Name, string Value)[] environment) =>
        new(new ProviderOptions { Environment = name => environment.FirstOrDefault(variable => variable.Name == name).Value });

    private static CallableModel Create(string reference, params (string Name, string Value)[] environment)
    {
        using var providers = Providers(environment);
        return providers.Create(ModelReference.Parse(reference));
    }

    [Fact]
    public void Create_UnknownProvider_ListsTheKnown()
    {
        var error = Should.Throw<ProviderConfigurationException>(() => Create("meta-llama/llama-3.1-70b"));
        error.Message.ShouldContain("'meta-llama'");
        foreach (var known in ModelReference.KnownProviders)
            error.Message.ShouldContain(known);
        error.Message.ShouldContain("openrouter/meta-llama/llama-3.1-70b");
    }

    [Fact]
    public void Create_EveryKnownProvider_IsThere()
    {
        foreach (var known in ModelReference.KnownProviders)
            Create($"{known}/m", ("OPENAI_API_KEY", "k1"), ("OPENROUTER_API_KEY", "k2"), ("ANTHROPIC_API_KEY", "k3"),
                ("OPENAI_COMPATIBLE_BASE_URL", "http://gpu:9000/v1")).Name.ShouldBe($"{known}/m");
    }

    [Theory]
    [InlineData("openai/gpt-5-mini", "OPENAI_API_KEY")]
    [InlineData("openrouter/qwen/qwen3-coder:free", "OPENROUTER_API_KEY")]
    [InlineData("anthropic/claude-sonnet-4-5", "ANTHROPIC_API_KEY")]
    public void Create_NoKey_NamesTheVariable(string reference, string variable)
    {
        Should.Throw<ProviderConfigurationException>(() => Create(reference)).Message.ShouldContain(variable);
        Should.Throw<ProviderConfigurationException>(() => Create(reference, (variable, "  "))).Message.ShouldContain(variable);
    }

    [Fact]
    public void Create_KeyThatNoHeaderCarries_IsNotRepeated()
    {
        var error =
            Should.Throw<ProviderConfigurationException>(() => Create("openai/gpt-5-mini", ("OPENAI_API_KEY", "sk-first\nsk-second")));
        error.Message.ShouldContain("OPENAI_API_KEY");
        error.Message.ShouldNotContain("sk-first");
    }

    [Fact]
    public void Create_CompatibleServerWithoutAddress_SaysWhatToSet() =>
        Should.Throw<ProviderConfigurationException>(() => Create("openai-compatible/m")).Message
            .ShouldContain("OPENAI_COMPATIBLE_BASE_URL");

    [Fact]
    public void Create_NoHttpAddress_SaysHowOneLooks() =>
        Should.Throw<ProviderConfigurationException>(() => Create("vllm/m", ("VLLM_BASE_URL", "gpu:8000/v1"))).Message
            .ShouldContain("http://localhost:8000/v1");

    [Theory]
    [InlineData(null, "http://localhost:11434")]
    [InlineData("gpu", "http://gpu:11434")]
    [InlineData("gpu:9999", "http://gpu:9999")]
    [InlineData("0.0.0.0:11434", "http://localhost:11434")]
    [InlineData("0.0.0.0", "http://localhost:11434")]
    [InlineData("http://gpu:9999/", "http://gpu:9999")]
    [InlineData("https://gpu.example.org/ollama", "https://gpu.example.org")]
    public void Create_OllamaHost_IsReadAsOllamaReadsIt(string? host, string place)
    {
        (string, string)[] environment = host is null ? [] : [("OLLAMA_HOST", host)];
        Create("ollama/qwen2.5:7b", environment).Client.ToString().ShouldBe($"qwen2.5:7b of ollama at {place}");
    }

    [Fact]
    public void Create_OptionsAndEnvironment_OptionsWin()
    {
        using var providers = new ModelProviders(new ProviderOptions
        {
            BaseUrls = new Dictionary<string, string>(StringComparer.Ordinal) { ["Ollama"] = "http://gpu2:11434" },
            Environment = _ => "http://gpu1:11434",
        });
        providers.Create(new ModelReference("ollama", "m")).Client.ToString().ShouldBe("m of ollama at http://gpu2:11434");
    }

    [Fact]
    public void Create_PricesAndWindow_AreThoseOfTheCatalogue()
    {
        var claude = Create("anthropic/claude-sonnet-4-5", ("ANTHROPIC_API_KEY", "k"));
        var row = ModelCatalogue.Default.Find("anthropic/claude-sonnet-4-5").Model;
        claude.Prices.ShouldBe(row.Prices.ShouldNotBeNull());
        claude.Window.ShouldBe(row.Window);
        claude.OutputLimit.ShouldBe(row.OutputLimit.ShouldNotBeNull());
    }

    [Fact]
    public void Create_OwnHardware_CostsNothing()
    {
        foreach (var reference in new[] { "ollama/qwen2.5:7b", "vllm/Qwen/Qwen3-32B", "llamacpp/gpt-4o", "lmstudio/nobody-knows" })
            Create(reference).Prices.ShouldBe(new ModelPrices(0, 0, 0, 0));
    }

    [Fact]
    public void Create_UnknownHostedModel_HasNoPrice() =>
        Create("openai/nobody-knows", ("OPENAI_API_KEY", "k")).Prices.ShouldBeNull();

    [Fact]
    public void Assembly_PublicTypes_AreThese() =>
        typeof(ModelProviders).Assembly.GetExportedTypes().Select(type => type.Name).Order(StringComparer.Ordinal)
        .ShouldBe(["ModelLadder", "ModelProviders", "ProviderConfigurationException", "ProviderOptions"]);

    [Fact]
    public void Library_KnowsNoProviders() => typeof(ModelReference).Assembly.GetReferencedAssemblies().Select(assembly => assembly.Name)
        .ShouldAllBe(name => name != "Strata.Providers" && name != "OpenAI" && name != "Anthropic");
}

using Strata.Models;

namespace Strata.Tests.Models;

public sealed class ModelReferenceTests
{
    [Theory]
    [InlineData("ollama/qwen2.5:7b", "ollama", "qwen2.5:7b")]
    [InlineData("openrouter/meta-llama/llama-3.1-70b:free", "openrouter", "meta-llama/llama-3.1-70b:free")]
    [InlineData(" Anthropic/claude-sonnet-4-5 ", "anthropic", "claude-sonnet-4-5")]
    public void Parse_Reference_HasProviderAndModel(string text, string provider, string model)
    {
        var reference = ModelReference.Parse(text);
        reference.ShouldBe(new ModelReference(provider, model));
        ModelReference.Parse(reference.ToString()).ShouldBe(reference);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("  ", "empty")]
    [InlineData("qwen2.5:7b", "provider is missing")]
    [InlineData("/qwen2.5:7b", "between slashes")]
    [InlineData("openrouter//llama", "between slashes")]
    [InlineData("ollama/", "model is missing")]
    [InlineData("ollama/my model", "white space")]
    public void Parse_NoReference_SaysWhyAndHowOneLooks(string text, string why)
    {
        var error = Should.Throw<FormatException>(() => ModelReference.Parse(text));
        error.Message.ShouldStartWith($"'{text}'");
        error.Message.ShouldContain(why);
        error.Message.ShouldContain("ollama/qwen2.5:7b");
        error.Message.ShouldContain("openai-compatible");
    }
}

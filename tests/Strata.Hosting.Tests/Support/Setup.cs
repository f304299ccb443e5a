using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Strata.Hosting.Tests.Support;

internal static class Setup
{
    /// <summary>The section <c>Strata</c> of a configuration with these keys.</summary>
    public static IConfigurationSection Section(params (string Key, string? Value)[] settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"Strata:{setting.Key}", setting.Value)))
            .Build()
            .GetSection("Strata");

    public static IHost Host(Action<IServiceCollection> add)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        add(builder.Services);
        return builder.Build();
    }

    /// <summary>What a host says of these settings when it starts; empty: nothing.</summary>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(Action<IServiceCollection> add)
    {
        using var host = Host(add);
        try
        {
            await host.StartAsync(TestContext.Current.CancellationToken);
            return [];
        }
        catch (OptionsValidationException e)
        {
            return [.. e.Failures];
        }
    }

    public static Task<IReadOnlyList<string>> ProblemsAsync(params (string Key, string? Value)[] settings) =>
        ProblemsAsync(services => services.AddStrata(Section([.. settings, ("Archive", "none")])));

    /// <summary>A conversation of about 40 tokens a message.</summary>
    public static List<ChatMessage> Conversation(int turns) =>
    [
        .. Enumerable.Range(0, turns).SelectMany(turn => new[]
        {
            new ChatMessage(
                ChatRole.User, $"Question {turn}: {string.Join(' ', Enumerable.Range(0, 10).Select(n => $"what of house {n}"))}?"),
            new ChatMessage(
                ChatRole.Assistant, $"Answer {turn}: {string.Join(' ', Enumerable.Range(0, 10).Select(n => $"house {n} stands"))}."),
        }),
    ];
}

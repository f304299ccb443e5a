using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Strata.Archives;
using Strata.Chat;
using Strata.Hosting.Archives;
using Strata.Planning;

namespace Strata.Hosting;

/// <summary>Adds to what <c>AddStrata</c> registered.</summary>
public sealed class StrataBuilder
{
    internal StrataBuilder(IServiceCollection services, string? name) => (Services, Name) = (services, name);

    public IServiceCollection Services { get; }

    /// <value>Key of the services; null: plain ones.</value>
    public string? Name { get; }

    /// <summary>
    /// Adds a strategy for all compactors of the container, chosen by its name in <see cref="Strata.Settings.StrataSettings.Strategy"/>; it
    /// wins over a built-in one of the same name.
    /// </summary>
    public StrataBuilder AddStrategy<T>()
        where T : class, ICompactionStrategy
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<ICompactionStrategy, T>());
        return this;
    }

    /// <summary>Keeps originals in an archive of the application's own, which is not disposed with the container.</summary>
    public StrataBuilder UseArchive(IArchive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        return UseArchive(new ArchiveSource((_, _) => ValueTask.FromResult(archive), Owns: false));
    }

    /// <summary>
    /// Keeps originals in an archive that is opened when the host starts, or when something first asks for it, and disposed with the
    /// container.
    /// </summary>
    public StrataBuilder UseArchive(Func<IServiceProvider, CancellationToken, ValueTask<IArchive>> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        return UseArchive(new ArchiveSource(open, Owns: true));
    }

    /// <summary>
    /// Registers a chat client whose conversations are kept inside the window. It belongs next to the model: what calls functions is built
    /// around it, so that every step of its loop is seen.
    /// </summary>
    /// <param name="innerClient">Makes the client of the model; it is disposed with the container.</param>
    public StrataBuilder AddChatClient(Func<IServiceProvider, IChatClient> innerClient)
    {
        ArgumentNullException.ThrowIfNull(innerClient);
        if (Name is null)
            Services.AddSingleton(services => Compacting(services, innerClient(services)));
        else
            Services.AddKeyedSingleton(Name, (services, _) => Compacting(services, innerClient(services)));
        return this;
    }

    /// <summary>
    /// Registers a chat reducer. Only on request: other libraries use one wherever they find it, and then reduce what a client compacts as
    /// well.
    /// </summary>
    public StrataBuilder AddChatReducer()
    {
        if (Name is null)
            Services.TryAddSingleton(Reducing);
        else
            Services.TryAddKeyedSingleton(Name, (services, _) => Reducing(services));
        return this;
    }

    private IChatReducer Reducing(IServiceProvider services)
    {
        var runtime = StrataRuntime.Of(services, Name);
        return new CompactingChatReducer(runtime.Compactor, options: runtime.ChatOptions);
    }

    private IChatClient Compacting(IServiceProvider services, IChatClient innerClient)
    {
        var runtime = StrataRuntime.Of(services, Name);
        return innerClient.WithCompaction(runtime.Compactor, runtime.ChatOptions);
    }

    private StrataBuilder UseArchive(ArchiveSource source)
    {
        Services.RemoveAllKeyed<ArchiveSource>(Name ?? "");
        Services.AddKeyedSingleton(Name ?? "", source);
        return this;
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Strata;
using Strata.Archives;
using Strata.Chat;
using Strata.Conversations;
using Strata.Extensions.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Compaction as a step of a <see cref="ChatClientBuilder"/>.</summary>
public static class CompactionChatClientBuilderExtensions
{
    private const string LogCategory = "Strata";

    /// <summary>Keeps every conversation inside the window of the model that is called.</summary>
    /// <remarks>
    /// <para>
    /// The first <c>Use</c> of a builder is outermost. Call this one after <c>UseFunctionInvocation</c>, so that each step of a tool loop
    /// passes through it: <c>inner.AsBuilder().UseFunctionInvocation().UseCompaction().Build()</c>. The wrong order is logged.
    /// </para>
    /// <para>
    /// Model and window are those that <see cref="ChatOptions.ModelId"/> of the call names, else the options, else the inner client's
    /// <see cref="ChatClientMetadata"/>. <see cref="ChatOptions.MaxOutputTokens"/> of the call is kept free for the answer. A model that
    /// the catalogue does not have is logged.
    /// </para>
    /// <para>
    /// Of the services that the builder is given it takes the <see cref="Compactor"/> where <paramref name="options"/> is null, the
    /// <see cref="IArchive"/>, the <see cref="ConversationOptions"/> where <paramref name="conversations"/> is null, and the
    /// <see cref="ILoggerFactory"/>; each may be missing.
    /// </para>
    /// </remarks>
    /// <param name="builder">Of the client.</param>
    /// <param name="options">When and how far to compact. Null: by the compactor of the services, else the defaults.</param>
    /// <param name="conversations">How conversations are remembered and failures are told. Null: those of the services, else the
    /// defaults.</param>
    /// <exception cref="ArgumentException">When the client is built: options that make no sense. The message names them and the way
    /// out.</exception>
    public static ChatClientBuilder UseCompaction(
        this ChatClientBuilder builder, CompactionOptions? options = null, ConversationOptions? conversations = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            var logger = LoggerOf(services);
            if (options is null && services.GetService<Compactor>() is { } shared)
                return Compacting(inner, shared, conversations, services, logger);
            var compactor = new Compactor(options, time: services.GetService<TimeProvider>(), archive: services.GetService<IArchive>());
            if (logger is not null)
                compactor.Log(logger);
            return Compacting(inner, compactor, conversations, services, logger);
        });
    }

    /// <summary>Keeps every conversation inside the window by a compactor of the application's own.</summary>
    /// <remarks>See <see cref="UseCompaction(ChatClientBuilder, CompactionOptions?, ConversationOptions?)"/>.</remarks>
    /// <param name="builder">Of the client.</param>
    /// <param name="compactor">Compacts; may serve many clients.</param>
    /// <param name="conversations">Null: those of the services, else the defaults.</param>
    /// <exception cref="ArgumentException">When the client is built: options that make no sense.</exception>
    public static ChatClientBuilder UseCompaction(
        this ChatClientBuilder builder, Compactor compactor, ConversationOptions? conversations = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(compactor);
        return builder.Use((inner, services) =>
        {
            var logger = LoggerOf(services);
            if (logger is not null)
                compactor.Log(logger);
            return Compacting(inner, compactor, conversations, services, logger);
        });
    }

    private static CompactingChatClient Compacting(
        IChatClient inner, Compactor compactor, ConversationOptions? conversations, IServiceProvider services, ILogger? logger)
    {
        // What a host registers logs by itself.
        if (conversations is null && services.GetService<ConversationOptions>() is { } registered)
            return new CompactingChatClient(inner, compactor, registered);
        conversations ??= new ConversationOptions();
        return new CompactingChatClient(inner, compactor, logger is null ? conversations : conversations.WithLog(logger));
    }

    private static ILogger? LoggerOf(IServiceProvider services) => services.GetService<ILoggerFactory>()?.CreateLogger(LogCategory);
}

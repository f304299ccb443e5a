using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Strata;
using Strata.Archives;
using Strata.Calls;
using Strata.Costs;
using Strata.Diagnostics;
using Strata.Hosting;
using Strata.Hosting.Archives;
using Strata.Providers;
using Strata.Settings;
using Strata.Tokens.Calibration;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Strata in a container: a <see cref="Compactor"/> with archive, models and metrics.</summary>
public static class StrataServiceCollectionExtensions
{
    /// <summary>
    /// Registers Strata with options set in code. Called again for the same name, it changes options and registers nothing twice.
    /// </summary>
    /// <param name="services">Singletons are added.</param>
    /// <param name="configure">Null: the defaults.</param>
    /// <param name="name">Null: as plain services. Else as keyed services of this key, for an application with several compactors.</param>
    public static StrataBuilder AddStrata(this IServiceCollection services, Action<StrataOptions>? configure = null, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<StrataOptions>(name ?? Options.Options.DefaultName).ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<StrataOptions>, StrataOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<CompactionMetrics>();
        services.TryAddSingleton<CallTelemetry>();
        AddParts(services, name);
        return new StrataBuilder(services, name);
    }

    /// <summary>
    /// Registers Strata with settings made in code or read from a file. They go over those that were given before for the same name.
    /// </summary>
    /// <param name="services">Singletons are added.</param>
    /// <param name="settings">As <c>new StrataSettings { Model = "gpt-4o" }</c>.</param>
    /// <param name="name">As in <see cref="AddStrata(IServiceCollection, Action{StrataOptions}?, string?)"/>.</param>
    public static StrataBuilder AddStrata(this IServiceCollection services, StrataSettings settings, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return services.AddStrata(options => options.Settings = settings.Over(options.Settings), name);
    }

    /// <summary>Registers Strata with settings from configuration: the keys of a <c>strata.yml</c>, and <c>Archive</c>.</summary>
    /// <param name="services">Singletons are added.</param>
    /// <param name="section">As <c>configuration.GetSection("Strata")</c>. A key that means nothing stops the host when it starts.</param>
    /// <param name="name">As in <see cref="AddStrata(IServiceCollection, Action{StrataOptions}?, string?)"/>.</param>
    /// <exception cref="ArgumentException">The whole configuration was given and not a section of it.</exception>
    public static StrataBuilder AddStrata(this IServiceCollection services, IConfiguration section, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        return section is IConfigurationSection own
            ? services.AddStrata(options => options.Read(own), name)
            : throw new ArgumentException(
                "Give a section: configuration.GetSection(\"Strata\"). Of the whole configuration every key would be taken for a setting.",
                nameof(section));
    }

    private static void AddParts(IServiceCollection services, string? name)
    {
        if (services.Any(service => service.ServiceType == typeof(StrataRuntime) && Equals(service.ServiceKey, name)))
            return;
        if (name is null)
            services.AddSingleton(provider => new StrataRuntime(provider, name: null));
        else
            services.AddKeyedSingleton(name, (provider, _) => new StrataRuntime(provider, name));
        services.AddSingleton<IHostedService>(provider => new ArchiveOpening(StrataRuntime.Of(provider, name)));
        Add(services, name, runtime => runtime.Compactor);
        Add(services, name, runtime => runtime.ChatOptions);
        Add(services, name, runtime => runtime.Providers);
        Add(services, name, runtime => runtime.Caller);
        Add<SpendCap>(services, name, runtime => runtime.Cap!);
        Add<IArchive>(services, name, runtime => runtime.Archive!);
        Add(services, name, runtime => runtime.Nodes);
        Add<ICalibrationStore>(services, name, runtime => runtime.Archive!);
    }

    private static void Add<T>(IServiceCollection services, string? name, Func<StrataRuntime, T> part)
        where T : class
    {
        if (name is null)
            services.TryAddSingleton(provider => part(StrataRuntime.Of(provider, name)));
        else
            services.TryAddKeyedSingleton(name, (provider, _) => part(StrataRuntime.Of(provider, name)));
    }
}

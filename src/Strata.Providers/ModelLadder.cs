using Strata.Calls;
using Strata.Ladder;
using Strata.Models;
using Strata.Planning.Hierarchy;
using Strata.Settings;

namespace Strata.Providers;

/// <summary>The ladder that settings name, with its models ready to be called.</summary>
/// <param name="Options">For a <see cref="LadderSummarizer"/>.</param>
/// <param name="Problems">Models that could not be reached when they were looked for, a sentence each. They are asked all the same, and
/// others stand in for them.</param>
public sealed record ModelLadder(LadderOptions Options, IReadOnlyList<string> Problems)
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Makes the models and asks servers on the user's own hardware for their windows, all at the same time and for at most 15 s.
    /// </summary>
    /// <returns>Null when no level names a model.</returns>
    /// <exception cref="ProviderConfigurationException">There is no key, or no proper address.</exception>
    public static async ValueTask<ModelLadder?> CreateAsync(
        StrataSettings settings, ModelProviders providers, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(providers);
        if (settings.WrittenLevels.Count == 0)
            return null;
        var references = ReferencesOf(settings);
        var made = await Task.WhenAll(
            references.Select(reference => MakeAsync(reference, providers, time ?? TimeProvider.System, cancellationToken)))
                .ConfigureAwait(false);
        return new ModelLadder(
            OptionsOf(settings, references.Zip(made).ToDictionary(pair => pair.First, pair => pair.Second.Model)),
            [.. made.Select(model => model.Problem).OfType<string>().Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>
    /// As <see cref="CreateAsync"/>, but nobody is asked for a window: those of the catalogue hold. For checking settings.
    /// </summary>
    /// <returns>Null when no level names a model.</returns>
    /// <exception cref="ProviderConfigurationException">There is no key, or no proper address.</exception>
    public static LadderOptions? Check(StrataSettings settings, ModelProviders providers)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(providers);
        return settings.WrittenLevels.Count == 0
            ? null
            : OptionsOf(settings, ReferencesOf(settings).ToDictionary(reference => reference, providers.Create));
    }

    private static List<ModelReference> ReferencesOf(StrataSettings settings) =>
        [.. settings.WrittenLevels.SelectMany(level => settings.Levels[level].Models!).Distinct()];

    private static LadderOptions OptionsOf(StrataSettings settings, Dictionary<ModelReference, CallableModel> models)
    {
        var defaults = new LadderOptions { Levels = [] };
        var shape = settings.ToHierarchy();
        return defaults with
        {
            Levels = [.. shape.Levels.Select(size => LevelOf(size, settings.Levels[size.Level], models))],
            Shape = shape with { Levels = [] },
            MaxWait = settings.MaxWait ?? defaults.MaxWait,
        };
    }

    private static LevelOptions LevelOf(LevelSize size, LevelSettings settings, Dictionary<ModelReference, CallableModel> models)
    {
        var level = DefaultOf(size.Level, [.. settings.Models!.Select(model => models[model])]);
        return level with
        {
            MaxTokens = size.MaxTokens,
            Timeout = settings.Timeout ?? level.Timeout,
            Temperature = settings.Temperature ?? level.Temperature,
            Template = settings.Template,
        };
    }

    private static LevelOptions DefaultOf(int level, IReadOnlyList<CallableModel> models) => level switch
    {
        1 => LevelOptions.PerTurn(models),
        2 => LevelOptions.PerTenTurns(models),
        _ => LevelOptions.Whole(models),
    };

    // A server that is down now may be up when its turn comes, and the others need not wait for it.
    private static async Task<(CallableModel Model, string? Problem)> MakeAsync(
        ModelReference reference, ModelProviders providers, TimeProvider time, CancellationToken cancellationToken)
    {
        using var look = new CancellationTokenSource(LongestLook, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(look.Token, cancellationToken);
        try
        {
            return (await providers.CreateAsync(reference, either.Token).ConfigureAwait(false), null);
        }
        catch (ModelCallException e)
        {
            return (providers.Create(reference), e.Message);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (providers.Create(reference), $"{reference} did not say its window within {LongestLook.TotalSeconds:0} s.");
        }
    }
}

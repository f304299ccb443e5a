using Microsoft.Extensions.Options;
using Strata.Hosting.Archives;
using Strata.Planning;
using Strata.Providers;
using Strata.Providers.Configuration;
using Strata.Ladder;

namespace Strata.Hosting;

/// <summary>Says everything that is wrong with the options at once, each with its key and the way out.</summary>
internal sealed class StrataOptionsValidator(IEnumerable<ICompactionStrategy> strategies) : IValidateOptions<StrataOptions>
{
    public ValidateOptionsResult Validate(string? name, StrataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [.. options.Problems];
        Check(problems, options, nameof(StrataOptions.Archive), () => ArchiveLocation.Parse(options.Archive));
        if (options.Settings.Profile is { } profile && !CompactionProfiles.All.ContainsKey(profile))
            problems.Add($"{options.Place}Profile: {NearestName.Unknown("profile", profile, [.. CompactionProfiles.All.Keys])}");
        string[] known = [.. strategies.Select(strategy => strategy.Name), .. CompactionStrategies.All.Select(strategy => strategy.Name)];
        if (options.Strategy is { } strategy && !known.Contains(strategy, StringComparer.OrdinalIgnoreCase))
            problems.Add($"{options.Place}Strategy: {NearestName.Unknown("strategy", strategy, known)}");
        CheckModels(problems, options);

        // What is wrong with the numbers together can be told only where each of them was read.
        if (problems.Count == 0)
            Check(problems, options, "Window, Threshold, Target", () => new Compactor(CompactionOptionsFactory.Create(options), strategies: strategies));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckModels(List<string> problems, StrataOptions options)
    {
        using var providers = new ModelProviders(new ProviderOptions { BaseUrls = options.Settings.BaseUrls });
        Check(problems, options, "Levels", () =>
        {
            if (ModelLadder.Check(options.Settings, providers) is { } ladder)
                _ = new LadderSummarizer(ladder);
        });
        if (options.MaxCost < 0)
            problems.Add($"{options.Place}MaxCost: give an amount in USD of 0 or more; for no limit, leave it out.");
    }

    private static void Check(List<string> problems, StrataOptions options, string key, Action check)
    {
        try
        {
            check();
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            problems.Add($"{options.Place}{key}: {WithoutParameter(e)}");
        }
    }

    // .NET appends the name of a method's parameter, which means nothing to whoever wrote a setting.
    private static string WithoutParameter(Exception failure)
    {
        var at = failure is ArgumentException { ParamName: { } name } ? failure.Message.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal) : -1;
        return at < 0 ? failure.Message : failure.Message[..at];
    }
}

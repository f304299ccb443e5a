using Microsoft.Extensions.Options;
using Strata.Calls;
using Strata.Hosting.Archives;
using Strata.Ladder;
using Strata.Planning;
using Strata.Providers;
using Strata.Settings;

namespace Strata.Hosting;

/// <summary>Says everything that is wrong with the options at once, each with its key and the way out.</summary>
internal sealed class StrataOptionsValidator(IEnumerable<ICompactionStrategy> strategies) : IValidateOptions<StrataOptions>
{
    public ValidateOptionsResult Validate(string? name, StrataOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        List<string> problems = [.. options.Problems];
        Check(problems, options, nameof(StrataSettings.Archive), () => ArchiveLocation.Parse(options.Settings.Archive));
        if (options.Settings.Profile is { } profile && !CompactionProfiles.All.ContainsKey(profile))
            problems.Add($"{options.Place}Profile: {NearestName.Unknown("profile", profile, [.. CompactionProfiles.All.Keys])}");
        string[] known = [.. strategies.Select(strategy => strategy.Name), .. CompactionStrategies.All.Select(strategy => strategy.Name)];
        if (options.Settings.Strategy is { } strategy && !known.Any(name => NearestName.Same(name, strategy)))
            problems.Add($"{options.Place}Strategy: {NearestName.Unknown("strategy", strategy, known)}");
        CheckModels(problems, options);

        // What is wrong with the numbers together can be told only where each of them was read.
        if (problems.Count == 0)
            Check(problems, options, "Window, Threshold, Target",
                () => new Compactor(options.ToCompactionOptions(), strategies: strategies));
        if (problems.Count == 0)
            Check(problems, options, "Retries", () => _ = new ModelCaller(options.Settings.ApplyTo(new CallOptions())));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckModels(List<string> problems, StrataOptions options)
    {
        using var providers = new ModelProviders(ProviderOptions.From(options.Settings));
        Check(problems, options, "Levels", () =>
        {
            if (ModelLadder.Check(options.Settings, providers) is { } ladder)
                _ = new LadderSummarizer(ladder);
        });
        if (options.Settings.MaxCost < 0)
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
        var at = failure is ArgumentException { ParamName: { } name }
            ? failure.Message.IndexOf($" (Parameter '{name}')", StringComparison.Ordinal) : -1;
        return at < 0 ? failure.Message : failure.Message[..at];
    }
}

using Strata.Reducing.Changes;
using Strata.Reducing.Code;
using Strata.Reducing.Json;
using Strata.Reducing.Logs;
using Strata.Reducing.Pages;
using Strata.Reducing.Searches;
using Strata.Reducing.Tables;
using Strata.Reducing.Tests;

namespace Strata.Reducing;

/// <summary>Every reducer, and the choice among them by what an output holds.</summary>
internal static class Reducers
{
    // A reduction that saves less costs a line that says so and tells the reader nothing new.
    private const int LeastSavedPercent = 10;

    /// <summary>
    /// Every reducer, the more particular before the more general: where two are equally sure, the first one is asked first.
    /// </summary>
    public static IReadOnlyList<IReducer> All { get; } =
    [
        new TestRunReducer(),
        new StackTraceReducer(),
        new DiffReducer(),
        new SearchReducer(),
        new ListingReducer(),
        new JsonReducer(),
        new HtmlReducer(),
        new FileReducer(),
        new TableReducer(),
        new LogReducer(),
        new BlobReducer(),
    ];

    /// <summary>The reducer that is surest of the output and saves a tenth of it, with its natural size; null when none does.</summary>
    public static (IReducer Reducer, string Natural)? Find(ToolOutput output)
    {
        // The sort is stable, which is what makes the order of the list decide between equals.
        var claims = All.Select(reducer => (Reducer: reducer, Certainty: reducer.Detect(output)))
            .Where(claim => claim.Certainty > 0).OrderByDescending(claim => claim.Certainty);
        foreach (var (reducer, _) in claims)
        {
            if (reducer.Reduce(output, int.MaxValue) is { } natural
                && natural.Length * 100L <= output.Text.Length * (100L - LeastSavedPercent))
                return (reducer, natural);
        }

        return null;
    }
}

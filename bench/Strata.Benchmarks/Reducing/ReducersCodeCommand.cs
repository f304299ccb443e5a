using System.CommandLine;
using Strata.Reducing;
using Strata.Reducing.Changes;
using Strata.Reducing.Code;
using Strata.Reducing.Searches;
using Strata.Tokens;

namespace Strata.Benchmarks.Reducing;

/// <summary>What search results and files shrink to, and whether what was planted in them is still there.</summary>
internal static class ReducersCodeCommand
{
    private const int Seeds = 40;
    private const long LargestFile = 200_000;
    private const int SmallestFile = 1_000;

    private static readonly IReducer[] Reducers = [new DiffReducer(), new SearchReducer(), new ListingReducer(), new FileReducer()];

    public static Command Create()
    {
        var folder = new Option<DirectoryInfo?>("--folder") { Description = "A folder of real source files to read as well." };
        var command = new Command("reducers-code", "Tokens that search results and code keep, and the planted items in them.") { folder };
        command.SetAction(arguments =>
        {
            var cases = SearchCases.All(Seeds).Concat(CodeCases.All(Seeds));
            if (arguments.GetValue(folder) is { } root)
                cases = cases.Concat(Files(root));
            Run(cases);
            return 0;
        });
        return command;
    }

    private static void Run(IEnumerable<PlantedCase> cases)
    {
        Table table = new("kind", "cases", "reduced", "tokens", "left", "tokens left, %", "planted", "still there, %");
        foreach (var kind in cases.GroupBy(one => one.Kind))
        {
            var rows = kind.Select(Measure).ToList();
            var planted = rows.Sum(row => row.Planted);
            table.Add(
                kind.Key, rows.Count, rows.Count(row => row.Taken), rows.Sum(row => row.Before), rows.Sum(row => row.After),
                100.0 * rows.Sum(row => row.After) / rows.Sum(row => row.Before), planted,
                planted == 0 ? null : 100.0 * rows.Sum(row => row.Kept) / planted);
        }

        table.Print();
    }

    private static (bool Taken, int Before, int After, int Planted, int Kept) Measure(PlantedCase one)
    {
        var reduced = Reducers.Select(reducer => reducer.Reduce(one.Output, int.MaxValue)).FirstOrDefault(text => text is not null);
        var text = reduced ?? one.Output.Text;
        return (
            reduced is not null, BpeTokenizer.O200kBase.Count(one.Output.Text), BpeTokenizer.O200kBase.Count(text), one.Planted.Count,
            one.Planted.Count(item => text.Contains(item, StringComparison.Ordinal)));
    }

    private static IEnumerable<PlantedCase> Files(DirectoryInfo root) =>
        from file in root.EnumerateFiles("*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
        where file.Length is >= SmallestFile and <= LargestFile && SourceLanguage.OfPath(file.Name) is not null
        orderby file.FullName
        select new PlantedCase(
            $"real files, {file.Extension}", new ToolOutput(File.ReadAllText(file.FullName), "Read", Path: file.FullName), []);
}

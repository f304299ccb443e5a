using System.CommandLine;
using System.CommandLine.Parsing;
using BenchmarkDotNet.Running;
using Strata.Benchmarks;
using Strata.Benchmarks.Archives;
using Strata.Benchmarks.Chat;
using Strata.Benchmarks.Dialogues;
using Strata.Benchmarks.Ladder;
using Strata.Benchmarks.Level0;
using Strata.Benchmarks.Ranking;
using Strata.Benchmarks.Reducing;
using Strata.Benchmarks.Tokens;

const int BadInput = 2;

if (args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("-h" or "--help")))
{
    // In this process: the project that BenchmarkDotNet would generate does not build under our Directory.Build.props.
    BenchmarkSwitcher.FromAssembly(typeof(SpeedCommand).Assembly).Run(args.Contains("--inProcess") ? args : [.. args, "--inProcess"]);
    return 0;
}

var root =
    new RootCommand("Measures Strata: speed, retention and validity. Without a command it is BenchmarkDotNet: --filter '*', --list flat.")
    {
        SpeedCommand.Create(),
        Level0Command.Create(),
        TrimCommand.Create(),
        RetentionCommand.Create(),
        AllSessionsCommand.Create(),
        DialoguesCommand.Create(),
        MeetingsCommand.Create(),
        TokensCommand.Create(),
        FirstCountCommand.Create(),
        RankingCommand.Create(),
        ReducersCommand.Create(),
        ReducersCodeCommand.Create(),
        ConformanceCommand.Create(),
        RulesCommand.Create(),
        RoundsCommand.Create(),
        LadderCommand.Create(),
        ArchiveCommand.Create(),
        ToolLoopCommand.Create(),
    };
var parsed = root.Parse(args);
var isArchive = parsed.CommandResult.Parent is CommandResult { Command.Name: ArchiveCommand.Name };
var exitCode = await parsed.InvokeAsync(new InvocationConfiguration
{
    ProcessTerminationTimeout = isArchive ? ArchiveCommand.TimeToEnd : TimeSpan.FromSeconds(2)
});
return parsed.Errors.Count > 0 ? BadInput : exitCode;

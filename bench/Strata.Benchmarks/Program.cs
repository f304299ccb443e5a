using System.CommandLine;
using BenchmarkDotNet.Running;
using Strata.Benchmarks;
using Strata.Benchmarks.Archives;
using Strata.Benchmarks.Chat;
using Strata.Benchmarks.Dialogues;
using Strata.Benchmarks.Ladder;
using Strata.Benchmarks.Level0;
using Strata.Benchmarks.Ranking;
using Strata.Benchmarks.Reducers;
using Strata.Benchmarks.Tokens;

if (args.Length == 0 || (args[0].StartsWith('-') && args[0] is not ("-h" or "--help")))
{
    // In this process: the project that BenchmarkDotNet would generate does not build under our Directory.Build.props.
    BenchmarkSwitcher.FromAssembly(typeof(SpeedCommand).Assembly).Run(args.Contains("--inProcess") ? args : [.. args, "--inProcess"]);
    return 0;
}

var root = new RootCommand("Measures Strata: speed, retention and validity. Without a command it is BenchmarkDotNet: --filter '*', --list flat.")
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
    PostgresCommand.Create(),
    ArchiveCommand.Create(),
    ToolLoopCommand.Create(),
};
return await root.Parse(args).InvokeAsync();

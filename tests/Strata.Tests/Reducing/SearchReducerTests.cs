using System.Text;
using System.Text.RegularExpressions;
using Strata.Reducing;
using Strata.Reducing.Searches;

namespace Strata.Tests.Reducing;

public sealed partial class SearchReducerTests : ReducerContract
{
    private const string Definition = "public async Task<Ledger> FetchLedger(string account)";
    private const string OddHit = "Register(nameof(FetchLedger) ?? fallback[^1]);";
    private const string Failure = "throw new LedgerException(\"FetchLedger gave up\");";

    private protected override IReducer Reducer { get; } = new SearchReducer();

    private protected override string Sample { get; } = Hits((path, number, text) => $"{path}:{number}:{text}\n");

    private protected override string[] Planted => [Definition, OddHit, Failure, "deploy/cron/nightly.sh"];

    private protected override bool LeavesItsOwnAlone => true;

    private protected override ToolOutput Call(string text) => new(text, "Grep");

    private protected override IEnumerable<string> KeptParts(string line)
    {
        if (line.StartsWith("… ", StringComparison.Ordinal))
            return [];
        if (Header().Match(line) is { Success: true } header)
            return [header.Groups["path"].Value];
        var text = Number().Replace(line, "");
        return [text.EndsWith(" …", StringComparison.Ordinal) ? text[..^2] : text];
    }

    [Fact]
    public void Reduce_Lines_KeepsDefinitionOddHitErrorAndEveryFile()
    {
        var reduced = Reducer.Reduce(Call(Sample), int.MaxValue).ShouldNotBeNull();
        reduced.Length.ShouldBeLessThan(Sample.Length * 4 / 10);
        foreach (var planted in (string[])[Definition, OddHit, Failure, "deploy/cron/nightly.sh"])
            reduced.ShouldContain(planted);
        for (var file = 0; file < 20; file++)
            reduced.ShouldContain($"src/area{file % 4}/File{file}.cs: 8 hits");
        reduced.ShouldContain(
            "src/area3/File3.cs: 8 hits: 3, 13, 23, 33, 43, 53 …\n", customMessage: "the like of all of them stands above");
    }

    [Theory]
    [InlineData("rg --heading -n FetchLedger")]
    [InlineData("grep -rn FetchLedger . | sort")]
    public void Reduce_OtherForms_KeepsWhatIsPlanted(string command)
    {
        var last = "";
        var text = Hits((path, number, line) =>
        {
            if (!command.Contains("--heading", StringComparison.Ordinal))
                return $"./{path}:{number}:{line}\n";
            var heading = path == last ? "" : $"\n{path}\n";
            last = path;
            return $"{heading}{number}:{line}\n";
        });
        var reduced = Reducer.Reduce(new ToolOutput(text, "Bash", command), int.MaxValue).ShouldNotBeNull();
        foreach (var planted in (string[])[Definition, OddHit, Failure, "deploy/cron/nightly.sh"])
            reduced.ShouldContain(planted);
    }

    [Fact]
    public void Reduce_LinesAround_LeavesThemBeforeHits()
    {
        var text = Hits((path, number, line) =>
            $"/home/me/app/{path}-{number - 1}-    {{ // around\n{path}:{number}:{line}\n/home/me/app/{path}-{number + 1}-    }}\n--\n");
        var reduced = Reducer.Reduce(Call(text), int.MaxValue).ShouldNotBeNull();
        reduced.ShouldContain(Definition);
        reduced.ShouldContain("lines around");
        Regex.Count(reduced, @"/home/me/app/src/area1/File5\.cs: 8 hits").ShouldBe(1);
    }

    [Fact]
    public void Reduce_ThousandsOfFiles_CountsThemByFolder()
    {
        var text =
            string.Concat(Enumerable.Range(0, 2000).Select(i => $"lib/part{i % 3}/module{i}/index.js:4:const a = require('left-pad');\n"));
        var reduced = Reducer.Reduce(Call(text), 4000).ShouldNotBeNull();
        Regex.IsMatch(reduced, @"… [\d,]+ hits in [\d,]+ more files of lib/part\d/\z").ShouldBeTrue(reduced);
    }

    [Theory]
    [InlineData("Bash", "dotnet build")]
    [InlineData("Read", null)]
    public void Reduce_WhatDoesNotSearch_IsOfNoKind(string tool, string? command) =>
        Reducer.Reduce(new ToolOutput(Sample, tool, command), int.MaxValue).ShouldBeNull();

    private static string Hits(Func<string, int, string, string> write)
    {
        var text = new StringBuilder();
        for (var file = 0; file < 20; file++)
        {
            for (var hit = 0; hit < 8; hit++)
            {
                var line = hit % 2 == 0 ? $"    var ledger{hit + file} = await FetchLedger(account{file});"
                    : $"    Assert.Equal(\"ledger {hit}\", FetchLedger(\"{file}\").Name);";
                text.Append(write($"src/area{file % 4}/File{file}.cs", (hit * 10) + 3, line));
            }

            if (file == 11)
                text.Append(write("src/core/Ledger.cs", 41, "    " + Definition))
                    .Append(write("src/core/Ledger.cs", 57, "        " + Failure));
            if (file == 15)
                text.Append(write("deploy/cron/nightly.sh", 2, "curl /ledger?call=FetchLedger"))
                    .Append(write("src/core/Setup.cs", 9, "  " + OddHit));
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\A(?<path>.+): [\d,]+ hits?(?:: .*)?\z")]
    private static partial Regex Header();

    [GeneratedRegex(@"\A\d+[:-]")]
    private static partial Regex Number();
}

using BenchmarkDotNet.Attributes;
using Strata.Tokens;

namespace Strata.Benchmarks.Tokens;

/// <summary>Exact counting on one thread; divide the megabytes of the corpus by the time.</summary>
[MemoryDiagnoser]
public class TokenCountBenchmarks
{
    private string[] _messages = [];

    [ParamsSource(nameof(Names))]
    public string Corpus { get; set; } = "";

    /// <summary>None without a folder, so that the other benchmarks can run.</summary>
    public static IEnumerable<string> Names() => Folder is { } folder ? Corpora.Names(folder) : [];

    [GlobalSetup]
    public void Load() => _messages = Corpora.Messages(Folder!, Corpus);

    [Benchmark]
    public long O200kBase() => CountAll(BpeTokenizer.O200kBase);

    [Benchmark]
    public long Cl100kBase() => CountAll(BpeTokenizer.Cl100kBase);

    private static string? Folder => Environment.GetEnvironmentVariable(Corpora.Variable);

    private long CountAll(BpeTokenizer tokenizer)
    {
        long tokens = 0;
        foreach (string message in _messages)
            tokens += tokenizer.Count(message);
        return tokens;
    }
}

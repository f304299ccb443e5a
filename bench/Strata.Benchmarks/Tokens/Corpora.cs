using System.Text;

namespace Strata.Benchmarks.Tokens;

/// <summary>The texts to count: every *.txt file of a folder, in messages of 8,192 chars.</summary>
internal static class Corpora
{
    /// <summary>Names the folder for BenchmarkDotNet, whose processes get no arguments.</summary>
    public const string Variable = "STRATA_CORPORA";

    private const int MessageLength = 8192;

    public static IEnumerable<string> Names(string folder) =>
        Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(path => Path.GetFileNameWithoutExtension(path)!);

    public static string[] Messages(string folder, string name) =>
        [.. File.ReadAllText(Path.Combine(folder, name + ".txt")).Chunk(MessageLength).Select(chars => new string(chars))];

    public static double Megabytes(string[] messages) => messages.Sum(Encoding.UTF8.GetByteCount) / 1e6;
}

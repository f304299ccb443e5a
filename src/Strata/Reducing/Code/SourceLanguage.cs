using System.Collections.Frozen;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Code;

/// <summary>What a kind of file is written in, as far as an outline needs it.</summary>
/// <param name="Kind">Code, document or settings.</param>
/// <param name="HashComments">Whether <c>#</c> starts a comment.</param>
/// <param name="Sql">Whether it is SQL.</param>
internal sealed record SourceLanguage(SourceKind Kind, bool HashComments = false, bool Sql = false)
{
    private const int Sample = 400;
    private const int FewestDefinitions = 3;

    private static readonly SourceLanguage Code = new(SourceKind.Code);
    private static readonly SourceLanguage Script = new(SourceKind.Code, HashComments: true);
    private static readonly SourceLanguage Document = new(SourceKind.Document);
    private static readonly SourceLanguage Settings = new(SourceKind.Settings, HashComments: true);

    private static readonly FrozenDictionary<string, SourceLanguage> ByExtension = Table(
        (Code, "cs go ts tsx js jsx mjs cjs mts cts java kt kts rs c h cc cpp cxx hpp hh swift scala dart php m mm groovy proto zig vue "
            + "svelte"),
        (Script, "py pyi rb rake sh bash zsh fish ps1 psm1 ex exs pl pm r jl nim tf"),
        (new SourceLanguage(SourceKind.Code, Sql: true), "sql ddl"),
        (Document, "md markdown mdx rst adoc"),
        (Settings, "yaml yml toml ini cfg conf properties env editorconfig"));

    /// <summary>By the extension of <paramref name="path"/>; null when it is unknown.</summary>
    public static SourceLanguage? OfPath(string path)
    {
        var dot = path.LastIndexOf('.');
        return dot >= 0 && path.Length - dot < 14 ? ByExtension.GetValueOrDefault(path[(dot + 1)..].ToLowerInvariant()) : null;
    }

    /// <summary>By what the first lines say; null when they define too little to be sure.</summary>
    public static SourceLanguage? OfContent(TextLines lines)
    {
        var definitions = 0;
        var hashes = 0;
        for (var i = 0; i < Math.Min(lines.Count, Sample); i++)
        {
            var line = SourceLines.WithoutNumber(lines[i]).Trim();
            hashes += line.StartsWith("# ", StringComparison.Ordinal) ? 1 : 0;
            definitions += line.Length <= SourceLines.LongestLine && (CodeCues.IsType(line) || CodeCues.IsFunction(line)) ? 1 : 0;
        }

        return definitions < FewestDefinitions ? null : hashes > 0 ? Script : Code;
    }

    private static FrozenDictionary<string, SourceLanguage> Table(params (SourceLanguage Language, string Extensions)[] rows) =>
        rows.SelectMany(row => row.Extensions.Split(' ').Select(extension => (extension, row.Language)))
            .ToFrozenDictionary(pair => pair.extension, pair => pair.Language, StringComparer.Ordinal);
}

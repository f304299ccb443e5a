using System.Buffers;
using System.Collections.Frozen;
using System.Runtime.CompilerServices;

namespace Strata.Facts.Names;

/// <summary>
/// Finds the names that later turns may need again (URLs, paths, ids, numbers, code names, error names) in one pass, without regular
/// expressions: it reads every char of a session, and the first summary of a process must not wait for the tiers of the JIT.
/// </summary>
internal ref struct IdentifierScanner(ReadOnlySpan<char> text)
{
    // Longer runs are base64, minified code or hashes of hashes.
    private const int LongestRun = 300;

    private const int UuidLength = 36;

    private static readonly SearchValues<char> RunStart =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~./-#");

    private static readonly SearchValues<char> RunChars =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_~./-#@+:\\");

    private static readonly SearchValues<char> Word =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    private static readonly SearchValues<char> UrlEnd = SearchValues.Create(" \t\r\n\"'<>`\\|{}[]()");

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Extensions = new[]
    {
        "go", "py", "ts", "tsx", "js", "jsx", "mjs", "cjs", "cs", "csproj", "sln", "slnx", "java", "kt", "rs", "rb", "php", "c", "h", "cc",
        "cpp",
        "hpp", "swift", "ex", "exs", "heex", "sh", "bash", "ps1", "sql", "json", "jsonl", "yaml", "yml", "toml", "xml", "html", "css",
        "scss",
        "md", "rst", "txt", "csv", "tsv", "log", "lock", "ini", "cfg", "conf", "env", "proto", "tf", "ipynb", "pdf", "png", "jpg", "svg",
        "zip",
        "gz", "db", "sqlite", "mod", "sum", "diff", "patch", "props", "targets",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    private readonly ReadOnlySpan<char> _text = text;
    private int _next;
    private int _partsEnd;

    /// <summary>Where the current name starts.</summary>
    public int Start { get; private set; }

    public int Length { get; private set; }

    public IdentifierKind Kind { get; private set; }

    public readonly ReadOnlySpan<char> Current => _text.Slice(Start, Length);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MoveNext()
    {
        while (_next < _text.Length)
        {
            if (_next < _partsEnd)
            {
                if (Part())
                    return true;
                continue;
            }

            var skip = _text[_next..].IndexOfAny(RunStart);
            if (skip < 0)
                return false;
            var start = _next + skip;
            var length = _text[start..].IndexOfAnyExcept(RunChars) is var end && end < 0 ? _text.Length - start : end;
            if (length > LongestRun && !_text.Slice(start, 8).StartsWith("http"))
            {
                _next = start + length;
                continue;
            }

            if (Whole(start, length))
                return true;
        }

        return false;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Whole(int start, int length)
    {
        var run = _text.Slice(start, length);
        if (run.StartsWith("http://") || run.StartsWith("https://"))
        {
            length = _text[start..].IndexOfAny(UrlEnd) is var end && end < 0 ? _text.Length - start : end;
            // Chinese and Japanese write on without a blank, quotes and direction marks belong to the sentence.
            if (_text.Slice(start, length).IndexOfAnyInRange('\u2E80', '\uFFFF') is var wide and > 0)
                length = wide;
            if (_text.Slice(start, length).IndexOfAnyInRange('\u2000', '\u206F') is var mark and > 0)
                length = mark;
            _next = start + length;
            return Found(start, _text.Slice(start, length).TrimEnd(".,;:!?*_،؛؟۔").Length, IdentifierKind.Url);
        }

        _next = start + length;
        var name = run.TrimEnd(".,:-+#");
        if (name.Length < 4)
            return false;
        // foo.go:42 and foo.go:42:7 name foo.go
        if (name.IndexOf(':') is var colon and > 1 && char.IsAsciiDigit(name[^1]))
            name = name[..colon];
        if (IsPath(name))
            return Found(start, name.TrimEnd('/').Length, IdentifierKind.Path);
        if (name.StartsWith("--") && name.Length >= 6 && char.IsAsciiLetterLower(name[2]))
            return Found(start, name.Length, IdentifierKind.Name);
        if (IsTicket(name))
            return Found(start, name.Length, IdentifierKind.Id);
        if (Uuid(run) is var uuid and >= 0)
        {
            _next = start + uuid + UuidLength;
            return Found(start + uuid, UuidLength, IdentifierKind.Id);
        }

        _partsEnd = start + length;
        _next = start;
        return false;
    }

    // A dotted or hyphenated run that is no path: its words one by one.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Part()
    {
        var skip = _text[_next.._partsEnd].IndexOfAny(Word);
        if (skip < 0)
        {
            _next = _partsEnd;
            return false;
        }

        var start = _next + skip;
        var length = _text[start.._partsEnd].IndexOfAnyExcept(Word) is var end && end < 0 ? _partsEnd - start : end;
        _next = start + length;
        var kind = KindOf(_text.Slice(start, length));
        return kind != IdentifierKind.None && Found(start, length, kind);
    }

    private bool Found(int start, int length, IdentifierKind kind)
    {
        (Start, Length, Kind) = (start, length, kind);
        return length > 0;
    }

    private static bool IsPath(ReadOnlySpan<char> run)
    {
        var slash = run.IndexOfAny('/', '\\');
        if (slash < 0)
            return run.Length >= 5 && run.IndexOf(':') < 0 && HasExtension(run);
        if (run.Length < 6 || !run.ContainsAnyInRange('a', 'z') || run.IndexOf("//") >= 0)
            return false;
        if (run[0] is '/' or '~' or '.' || (run.Length > 2 && run[1] == ':'))
            return run[1..].IndexOfAny('/', '\\') >= 0;
        return HasExtension(run) || run[(slash + 1)..].IndexOfAny('/', '\\') >= 0;
    }

    private static bool HasExtension(ReadOnlySpan<char> run) =>
        run.LastIndexOf('.') is var dot and > 0 && Extensions.Contains(run[(dot + 1)..]);

    // A date or a word may stand before it: 2026-01-19-c2b51eb0-….
    private static int Uuid(ReadOnlySpan<char> run)
    {
        for (var i = 0; i + UuidLength <= run.Length; i++)
        {
            if (run[i + 8] == '-' && run[i + 13] == '-' && run[i + 18] == '-' && run[i + 23] == '-'
                && Guid.TryParseExact(run.Slice(i, UuidLength), "D", out _))
                return i;
        }

        return -1;
    }

    private static bool IsTicket(ReadOnlySpan<char> run)
    {
        if (run[0] == '#')
            return run.Length >= 4 && !run[1..].ContainsAnyExceptInRange('0', '9');
        var dash = run.IndexOf('-');
        return dash is >= 2 and <= 10 && dash + 1 < run.Length &&
            !run[..dash].ContainsAnyExceptInRange('A', 'Z') && !run[(dash + 1)..].ContainsAnyExceptInRange('0', '9');
    }

    // CS0246, TS2304, G204: letters first, then digits only.
    private static bool IsCode(ReadOnlySpan<char> word, int letters) => !word[..letters].ContainsAnyExceptInRange('A', 'Z');

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static IdentifierKind KindOf(ReadOnlySpan<char> word)
    {
        if (word.Length < 4)
            return IdentifierKind.None;
        int digits = 0, upper = 0, lower = 0, hex = 0, humps = 0, under = 0;
        for (var i = 0; i < word.Length; i++)
        {
            var c = word[i];
            if (char.IsAsciiDigit(c))
                digits++;
            else if (c == '_')
                under += i > 0 && i < word.Length - 1 ? 1 : 0;
            else if (char.IsAsciiLetterUpper(c))
            {
                upper++;
                humps += i > 0 && char.IsAsciiLetterLower(word[i - 1]) ? 1 : 0;
            }
            else
                lower++;
            hex += char.IsAsciiDigit(c) || c is >= 'a' and <= 'f' ? 1 : 0;
        }

        if (digits == word.Length)
            return word.Length == 4 && word[0] is '1' or '2' && word[1] is '9' or '0' ? IdentifierKind.None : IdentifierKind.Number;
        if (hex == word.Length && digits > 0 && word.Length is >= 7 and <= 64)
            return IdentifierKind.Id;
        if (lower == 0 && under == 0 && upper is >= 1 and <= 4 && digits is >= 3 and <= 5 && upper + digits == word.Length
            && IsCode(word, upper))
            return IdentifierKind.Id;
        // 3RK2T9 and HAT023, but neither 12T10 of a timestamp nor 100KB.
        if (lower == 0 && under == 0 && digits > 0 && upper > 1 && word.Length is >= 5 and <= 12 && !word.EndsWith("KB")
            && !word.EndsWith("MB") && !word.EndsWith("GB"))
            return IdentifierKind.Id;
        if (upper > 0 && (word.EndsWith("Error") || word.EndsWith("Exception")))
            return IdentifierKind.Error;
        return (under > 0 || humps > 0) && word.Length >= 6 ? IdentifierKind.Name : IdentifierKind.None;
    }
}

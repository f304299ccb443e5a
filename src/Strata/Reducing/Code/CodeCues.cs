using System.Text.RegularExpressions;

namespace Strata.Reducing.Code;

/// <summary>What a line of code is, told from its words alone; the languages are not parsed. Lines come without their indent.</summary>
internal static partial class CodeCues
{
    private const string Modifiers =
        @"(?:(?:export|default|public|private|internal|protected|static|async|pub(?:\(\w+\))?|abstract|sealed|final|open|override|virtual"
            + @"|partial|readonly|unsafe|extern|inline|const|constexpr|data|inner|suspend|fileprivate|declare|mutating|typedef|required"
            + @"|case|file|ref|new|local) )*";

    /// <summary>Opens a block whose lines are members: a type, a namespace, a group of constants.</summary>
    public static bool IsType(ReadOnlySpan<char> line) => Type().IsMatch(line);

    /// <summary>Starts a function where statements are not expected.</summary>
    public static bool IsFunction(ReadOnlySpan<char> line) =>
        Keyword().IsMatch(line) || (line.Contains('(') && Typed().IsMatch(line) && !Statement().IsMatch(line));

    /// <summary>Starts a function in a line that is none but a definition, wherever it stands.</summary>
    public static bool IsKeywordFunction(ReadOnlySpan<char> line) => Keyword().IsMatch(line) || Modified().IsMatch(line);

    public static bool IsStatement(ReadOnlySpan<char> line) => Statement().IsMatch(line);

    public static bool IsConstant(ReadOnlySpan<char> line) => Constant().IsMatch(line);

    public static bool IsAssignment(ReadOnlySpan<char> line) => Assignment().IsMatch(line);

    /// <summary>For the compiler's first pass: it stands at any column, whatever block it is in.</summary>
    public static bool IsDirective(ReadOnlySpan<char> line) => line[0] == '#' && Directive().IsMatch(line);

    public static bool IsImport(ReadOnlySpan<char> line) => Import().IsMatch(line);

    /// <summary>Raises or returns an error and says which. What a test would say is none.</summary>
    public static bool IsError(ReadOnlySpan<char> line) => Error().IsMatch(line) && !Assertion().IsMatch(line);

    public static bool IsTestName(ReadOnlySpan<char> line) => TestName().IsMatch(line);

    public static bool IsOpenEnd(ReadOnlySpan<char> line) => OpenEnd().IsMatch(line);

    public static bool IsSqlDefinition(ReadOnlySpan<char> line) => SqlDefinition().IsMatch(line);

    public static bool IsSqlTable(ReadOnlySpan<char> line) => SqlTable().IsMatch(line);

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"\A" + Modifiers + @"(?:(?:class|struct|interface|enum|record|trait|impl|namespace|module|mod|object|protocol"
        + @"|extension|union|package object|service|message|contract|companion object|actor|defmodule)\b(?! *[=(.,:]).*(?<![;)])\z|(?:class"
        + @"|record|object)\b[^=]*\(.*|class\b.*|enum class\b.*|impl<.*|type \w+(?:\[.*\])? (?:struct|interface)\b.*|(?:type|const|var) \("
        + @"|(?:export )?(?:interface|type \w+ =) .*\{|extern ""C"".*)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Type();

    [GeneratedRegex(@"\A" + Modifiers + @"(?:(?:func|def|defp|fn|function\*?|fun|sub|proc|macro_rules!|operator|init|constructor"
        + @"|defmacro)\b(?! *[=.,:;]).*|[\w.-]+ *\(\) *\{.*)\z", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Keyword();

    [GeneratedRegex(@"\A(?:(?:public|private|internal|protected|static|override|virtual|async|final|abstract) )+[^=;(]{2,120}\(", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Modified();

    [GeneratedRegex(@"\A[A-Za-z_~][\w<>\[\],.?*&:~ ]{0,160}[\s*&][\w~.:<>*]{1,120} ?\([^=]*", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Typed();

    [GeneratedRegex(@"\A(?:\}? ?(?:if|else|for|foreach|while|do|switch|case|catch|try|finally|return|throw|await|yield|lock|using|new"
        + @"|delete|goto|raise|assert|elif|elsif|unless|until|when|match|with|go|defer|select|echo|print|not|and|or|in|from|import|break"
        + @"|continue|let|var|const|val|set|end|then|fi|done|esac|exit|die|co_return|co_await|guard|begin|rescue|ensure)\b|[})\]])",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Statement();

    [GeneratedRegex(@"\A(?:#define \w|(?:[\w:<>\[\]*&]+ ){0,5}\$?[A-Z][A-Z0-9_]{2,}(?:\s*:[^=]{1,60})?(?: [\w.]{1,40})?\s*:?=(?!=)"
        + @"|(?:(?:public|private|internal|protected|static|pub|constexpr|inline|export|local|file|new) )*const (?!\()\w[^=]*=\s*(?:-?[\d.]"
        + @"|[""'`]|true|false|nil|null|time\.|TimeSpan|Duration|&?\[))", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Constant();

    [GeneratedRegex(@"\A(?:(?:export|default|public|private|internal|protected|static|final|readonly|pub|declare|local|const|let|var|val"
        + @"|lazy|extern|volatile|mut|global) )*\$?[\w.]{1,80}(?:\s*:[^=\n]{1,120}| [\w.*\[\]<>{}, ]{1,120})?\s*:?=(?![=~])|\A(?:(?:export"
        + @"|pub|public|static|extern) )*(?:var|const|val|type|typedef|using \w+ =|alias|export|module\.exports|static|let|readonly"
        + @"|declare) .", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Assignment();

    [GeneratedRegex(@"\A(?:(?:import|global using|using|from|#\s*include|#\s*import|package|use|require|require_relative|require_once"
        + @"|include|include_once|@import|source|export \* from|extern crate|alias)\b(?!.*=\s*(?:new|await)\b)(?! var)"
        + @"|(?:\w+ )?[""'][\w./@~-]+[""'],?\z|import\(|(?:(?:const|let|var) .{1,200}= ?|)require\()", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Import();

    [GeneratedRegex(@"\A#\s*(?:if|ifdef|ifndef|else|elif|endif|undef|pragma|region|endregion|error|warning|line|nullable|define|include)\b",
        Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Directive();

    [GeneratedRegex(@"(?:\b(?:(?:throw|raise|die) |(?:panic!?|errors\.New|Errorf|bail!|anyhow!|Err|\w*(?:Error|Exception)f?|abort|die"
        + @"|[Ff]atal\w*|reject|exit|err)\()[^""'`]{0,120}[""'`]|\b(?:panic!?|errors\.New|Errorf|bail!|anyhow!|abort|reject)\(\w|>&2"
        + @"|return -E[A-Z]{2,}|\bRAISE (?:EXCEPTION|ERROR)\b)", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Error();

    [GeneratedRegex(@"\A(?:[tb]|tb|env\.T|s|suite|self)\.(?:Error|Fatal|assert|fail|Log|Run|Skip)|\A(?:expect|assert\w*|require|Assert"
        + @"|should|XCT\w+)\b[.(!]|//.*[""'`]", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Assertion();

    [GeneratedRegex(@"\A(?:[a-z]\.Run|it|test|describe|context|scenario|specify|feature)(?:\.\w+)? ?\(?\s?[""'`]", Options,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex TestName();

    // The brackets keep a search for unfinished work from finding this line.
    [GeneratedRegex(
        @"\b(?:TO[D]O|FIX[M]E|HA[C]K|XXX|BUG|SECURITY|DEPRECATED)\b|@deprecated\b|- \[ \] ", Options, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex OpenEnd();

    [GeneratedRegex(@"\A(?:CREATE|ALTER|DROP|GRANT|COMMENT ON)\b", Options | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SqlDefinition();

    [GeneratedRegex(@"\ACREATE (?:\w+ ){0,3}(?:TABLE|TYPE)\b", Options | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex SqlTable();
}

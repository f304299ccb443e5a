using Strata.Reducing;
using Strata.Reducing.Code;
using Strata.Reducing.Lines;

namespace Strata.Tests.Reducing;

public sealed class FileReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new FileReducer();

    private protected override string Sample { get; } = Numbered(
        """
        package billing

        import (
        	"errors"
        	"fmt"
        )

        // MaxTries is how often a payment is tried.
        const MaxTries = 4

        var ErrClosed = errors.New("the ledger is closed")

        // Store keeps payments. It is safe for concurrent use.
        type Store struct {
        	Name  string
        	limit int
        }

        // Load reads a payment by its id.
        // It blocks.
        func (s *Store) Load(
        	id string,
        ) (*Payment, error) {
        	if id == "" {
        		return nil, fmt.Errorf("no id for %s", s.Name)
        	}
        	// TODO(#12): read from the replica
        """ + "\n" + string.Concat(Enumerable.Repeat("\tx := s.next()\n\ts.seen[x.ID] = x\n", 30)) +
        """
        	return s.last, nil
        }

        func TestLoad(t *testing.T) {
        	t.Run("no id", func(t *testing.T) {
        		t.Fatalf("expected an error, got %v", nil)
        	})
        }
        """);

    private protected override string[] Planted =>
        ["return nil, fmt.Errorf(\"no id for %s\", s.Name)", "var ErrClosed", "// TODO(#12): read from the replica"];

    private protected override bool LeavesItsOwnAlone => true;

    private protected override ToolOutput Call(string text) => new(text, "Read", Path: "/app/store.go");

    private protected override IEnumerable<string> KeptParts(string line) =>
        RankedLines.IsNote(line) ? [] : [line.EndsWith(" …", StringComparison.Ordinal) ? line[..^2] : line];

    [Fact]
    public void Reduce_Go_KeepsWhatAReaderAsksFor() => Lines(Reducer.Reduce(Call(Sample), int.MaxValue)).ShouldBe(
    [
        "… 8 lines", "     9→const MaxTries = 4", "    11→var ErrClosed = errors.New(\"the ledger is closed\")",
        "    13→// Store keeps payments. It is safe for concurrent use.", "    14→type Store struct {", "    15→\tName  string",
        "    16→\tlimit int",
        "    19→// Load reads a payment by its id.", "… 1 line", "    21→func (s *Store) Load(", "    22→\tid string,",
        "    23→) (*Payment, error) {", "… 1 line",
        "    25→\t\treturn nil, fmt.Errorf(\"no id for %s\", s.Name)", "    27→\t// TODO(#12): read from the replica", "… 63 lines",
        "    91→func TestLoad(t *testing.T) {", "    92→\tt.Run(\"no id\", func(t *testing.T) {", "… 3 lines",
    ]);

    [Theory]
    [InlineData("cs", "public sealed class Cache<T> : ICache\n{\n    private const int Size = 12;\n    /// <summary>Finds it.</summary>\n  "
        + "  public T? Find(string key)\n    {\nBODY        throw new KeyNotFoundException(\"no such key\");\n    }\n}",
        "    public T? Find(string key)|    private const int Size = 12;|        throw new KeyNotFoundException(\"no such key\");")]
    [InlineData("py", "import os\n\nRETRIES = 5\n\n@app.route('/a')\nasync def find(key: str,\n               deep: bool = False) -> T:\n  "
        + "  \"\"\"Finds it. Slowly.\"\"\"\nBODY    raise KeyError('no such key')\n\nclass Cache(Base):\n    size: int = 3\n    def "
        + "get(self):\nBODY", "RETRIES = 5|@app.route('/a')|async def find(key: str,|               deep: bool = False) -> T:|    raise "
            + "KeyError('no such key')|class Cache(Base):|    def get(self):")]
    [InlineData("ts", "import x from 'y';\nexport const LIMIT = 9;\nexport interface Opts {\n  deep?: boolean;\n}\nexport const find = "
        + "async (key: string) => {\nBODY  throw new Error('no such key');\n};\nexport class Cache extends Base {\n  constructor(private "
        + "a: A) {\nBODY  }\n  async get<T>(key: string): Promise<T> {\nBODY  }\n}", "export const LIMIT = 9;|export interface Opts {|  "
            + "deep?: boolean;|export const find = async (key: string) => {|  throw new Error('no such key');|export class Cache extends "
            + "Base {|  async get<T>(key: string): Promise<T> {")]
    [InlineData("java", "package a;\nimport b;\n@Service\npublic class Cache implements C {\n    static final int MAX_SIZE = 9;\n    "
        + "@Override\n    public T find(String key) throws E {\nBODY        throw new IllegalStateException(\"no such key\");\n    }\n}",
        "@Service|public class Cache implements C {|    static final int MAX_SIZE = 9;|    public T find(String key) throws E {|        "
            + "throw new IllegalStateException(\"no such key\");")]
    [InlineData("kt", "data class Key(val a: Int)\nobject Keys {\n    const val MAX = 3\n    suspend fun find(key: String): T? {\nBODY     "
        + "   error(\"x\")\n    }\n}\nfun top(): Int {\nBODY}",
        "data class Key(val a: Int)|object Keys {|    const val MAX = 3|    suspend fun find(key: String): T? {|fun top(): Int {")]
    [InlineData("rs", "use a::b;\npub const MAX: u8 = 3;\nimpl<T> Cache<T> {\n    pub(crate) async fn find(&self, key: &str) -> Result<T> "
        + "{\nBODY        bail!(\"no such key\");\n    }\n}\npub trait Store {\n    fn get(&self) -> u8;\n}\nmacro_rules! m {\nBODY}",
        "pub const MAX: u8 = 3;|impl<T> Cache<T> {|    pub(crate) async fn find(&self, key: &str) -> Result<T> {|        bail!(\"no such "
            + "key\");|pub trait Store {|    fn get(&self) -> u8;")]
    [InlineData("cpp", "#include <map>\n#define MAX_SIZE 12\nnamespace a {\n\nclass Cache : public Base {\npublic:\n    int find(const "
        + "std::string& key) const;\n};\n}\nstatic int cache_find(struct cache *c,\n                      int key)\n{\nBODY    throw "
        + "std::out_of_range(\"no such key\");\n}", "#define MAX_SIZE 12|class Cache : public Base {|    int find(const std::string& key) "
            + "const;|static int cache_find(struct cache *c,|                      int key)|    throw std::out_of_range(\"no such key\");")]
    [InlineData("rb", "require 'x'\nmodule A\n  class Cache < Base\n    LIMIT = 3\n    def find(key)\nBODY      raise KeyError, \"no such "
        + "key\"\n    end\n    def self.top\nBODY    end\n  end\nend",
        "module A|  class Cache < Base|    LIMIT = 3|    def find(key)|      raise KeyError, \"no such key\"|    def self.top")]
    [InlineData("php", "<?php\nnamespace A;\nuse B\\C;\nfinal class Cache extends Base {\n    const LIMIT = 3;\n    public function "
        + "find(string $key): ?T {\nBODY        throw new NotFound('no such key');\n    }\n}", "final class Cache extends Base {|    const "
            + "LIMIT = 3;|    public function find(string $key): ?T {|        throw new NotFound('no such key');")]
    [InlineData("swift", "import Foundation\npublic struct Cache: Store {\n    static let limit = 3\n    func find(_ key: String) throws "
        + "-> T {\nBODY        throw CacheError.missing(\"no such key\")\n    }\n}\nextension Cache {\n    init(a: Int) {\nBODY    }\n}",
        "public struct Cache: Store {|    static let limit = 3|    func find(_ key: String) throws -> T {|        throw "
            + "CacheError.missing(\"no such key\")|extension Cache {|    init(a: Int) {")]
    [InlineData("sql", "CREATE TABLE payment (\n    id uuid PRIMARY KEY,\n    amount numeric NOT NULL\n);\nINSERT INTO payment "
        + "VALUES\nBODY;\nCREATE OR REPLACE FUNCTION find(key text) RETURNS uuid AS $$\nBODY    RAISE EXCEPTION 'no such key';\n$$;\nALTER "
        + "TABLE payment ADD note text;", "CREATE TABLE payment (|    amount numeric NOT NULL|CREATE OR REPLACE FUNCTION find(key text) "
            + "RETURNS uuid AS $$|    RAISE EXCEPTION 'no such key';|ALTER TABLE payment ADD note text;")]
    [InlineData(
        "sh", "#!/bin/bash\nset -e\nLIMIT=3\nfind_key() {\nBODY    echo \"no such key\" >&2\n    exit 1\n}\nfunction other {\nBODY}",
        "LIMIT=3|find_key() {|    echo \"no such key\" >&2|function other {")]
    [InlineData("md", "# Plan\n\nFirst we read. Then we write.\nBODY\n## Open points\n\n- [ ] Ask about the key\n\n## Done\n\nAll of "
        + "it.\n\n```sh\nBODY```\n", "# Plan|First we read. Then we write.|## Open points|- [ ] Ask about the key|## Done|All of it.")]
    [InlineData("yaml", "name: build\non:\n  push:\n    branches: [main]\njobs:\n  test:\n    runs-on: ubuntu\n    steps:\n      - uses: "
        + "checkout\n        with:\n          depth: 0\n          text: |\nBODYenv:\n  CI: true\n",
        "name: build|on:|  push:|jobs:|  test:|env:|  CI: true")]
    public void Reduce_EveryLanguage_KeepsSignaturesConstantsAndErrors(string extension, string source, string kept)
    {
        var body = string.Concat(Enumerable.Range(0, 40).Select(i => $"            value = step(value, {i}, other);\n"));
        var reduced = Reducer.Reduce(
            new ToolOutput(source.Replace("BODY", body, StringComparison.Ordinal), "read_file", Path: "dir/file." + extension),
            int.MaxValue).ShouldNotBeNull();
        foreach (var line in kept.Split('|'))
            Lines(reduced).ShouldContain(line);
        reduced.ShouldNotContain("value = step(value, 7");
    }

    [Theory]
    [InlineData("Grep", null, "/app/store.go")]
    [InlineData("Bash", "go vet store.go", null)]
    [InlineData("Bash", "cat store.go | grep func", null)]
    [InlineData("Read", null, "/app/store.bin")]
    public void Reduce_NoFileThatWasRead_IsOfNoKind(string tool, string? command, string? path) =>
        Reducer.Reduce(
            new ToolOutput(
                Sample.Replace("→", "\u2192 ", StringComparison.Ordinal).Replace("func", "fun_", StringComparison.Ordinal)
                    .Replace("type ", "typ ", StringComparison.Ordinal), tool, command, path), int.MaxValue).ShouldBeNull();

    [Theory]
    [InlineData("cat /app/store.go")]
    [InlineData("sed -n '1,200p' store.go")]
    [InlineData("cd /app && cat -n store.go | head -100")]
    public void Reduce_PrintedByACommand_IsAFile(string command) =>
        Reducer.Reduce(new ToolOutput(Sample, "Bash", command), int.MaxValue).ShouldNotBeNull();

    [Fact]
    public void Reduce_PartOfABody_IsLeftAlone() =>
        Reducer.Reduce(Call(string.Concat(Enumerable.Range(400, 60).Select(i => $"   {i}→\tresult.Add(values[{i}], other)\n"))),
            int.MaxValue).ShouldBeNull();

    [Fact]
    public void Reduce_LittleRoom_KeepsSignaturesBeforeTheRest()
    {
        var reduced = Reducer.Reduce(Call(Sample), 340).ShouldNotBeNull();
        reduced.ShouldContain("type Store struct {");
        reduced.ShouldContain("func TestLoad");
        reduced.ShouldNotContain("limit int");
    }

    [Fact]
    public void Reduce_Body_SaysWhatItCallsOnce()
    {
        var body = string.Concat(Enumerable.Range(0, 30)
            .Select(i => $"\tx{i} := s.LoadLedger(s.next())\n\ts.save_entry(x{i})\n\t// CloseLedger() is not called\n"));
        var reduced = Reducer.Reduce(Call($"func Run() {{\n{body}}}\nfunc Other() {{\n{body}}}\n"), int.MaxValue).ShouldNotBeNull();
        reduced.ShouldBe("func Run() {\n… 91 lines: LoadLedger, save_entry\nfunc Other() {\n… 91 lines");
    }

    private static string Numbered(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select((line, i) => $"{i + 1,6}→{line}"));

    private static string[] Lines(string? text) => text.ShouldNotBeNull().Split('\n');
}

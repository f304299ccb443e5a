using System.Text;
using System.Text.Json;
using Strata.Secrets;
using Strata.Storage.Packing;

namespace Strata.Storage.Tests.Packing;

public sealed class DocumentTests
{
    private const string Key = "sk-ant-api03-Zx8Qm2Lr7Tk4Vn9Bw3Yd6Hc1Jf5Gs0PaKe2Ui8Oy4Wt7Rq3Em6Nb1Vc9Xl5Zk0Dj2Fh-Ag8Sd4QwAA";

    [Fact]
    public void Split_AnyFile_PutTogetherIsTheFile()
    {
        foreach (var file in new[] { "", "\n", "no line break", Session(lines: 500), new string('x', 300_000), Session(50) + "half a li" })
        {
            var bytes = Encoding.UTF8.GetBytes(file);
            DocumentSplitter.Split(bytes).SelectMany(piece => piece.ToArray()).ShouldBe(bytes);
        }
    }

    [Fact]
    public void Split_FileThatGrew_SharesAllButTheLastPiece()
    {
        var before = Pieces(Session(400));
        var after = Pieces(Session(420));

        before.SkipLast(1).ShouldBeSubsetOf(after);
        before.Count.ShouldBeGreaterThan(20);
    }

    [Fact]
    public void Split_BeginningReplaced_SharesTheRest()
    {
        var lines = Session(400).Split('\n');
        var rest = string.Join('\n', lines.Skip(200));

        var shared = Pieces("{\"summary\":\"what came before\"}\n" + rest).Intersect(Pieces(Session(400))).Sum(piece => piece.Length);

        shared.ShouldBeGreaterThan(rest.Length * 8 / 10);
    }

    [Fact]
    public void Redact_NoSecret_IsTheSameMemory()
    {
        ReadOnlyMemory<byte> file = Encoding.UTF8.GetBytes(Session(5));

        DocumentRedactor.Redact(file, out var count).ShouldBe(file);
        count.ShouldBe(0);
    }

    [Theory]
    [InlineData("{\"type\" : \"user\",\"text\":\"the key is KEY, keep it\"}\r\n{\"next\":1}\n")]
    [InlineData("{\"env\": {\"KEY\" : [1, 2]}, \"text\": \"a\\u00e9\\n\"}\n")]
    [InlineData("{\n  \"deep\": [\"KEY\", \"export A=\\\"KEY\\\"\"]\n}\n{\"b\":2}")]
    public void Redact_SecretInJson_NothingElseChanges(string template)
    {
        var file = Encoding.UTF8.GetBytes(template.Replace("KEY", Key, StringComparison.Ordinal));

        var redacted = Encoding.UTF8.GetString(DocumentRedactor.Redact(file, out var count).Span);

        count.ShouldBeGreaterThan(0);
        redacted.ShouldNotContain(Key);
        redacted.Count(letter => letter == '\n').ShouldBe(template.Count(letter => letter == '\n'));
        foreach (var part in template.Split("KEY"))
            redacted.ShouldContain(part);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(redacted), new JsonReaderOptions { AllowMultipleValues = true });
        while (reader.Read())
            reader.TokenType.ShouldNotBe(JsonTokenType.None);
    }

    [Theory]
    [InlineData("{\"input\":{\"user\":\"anna\",\"password\":\"Tr0ub4dor-and-3\"}}\n")]
    [InlineData("{\"input\":{\"passwords\":{\"x\":1},\"password\" : \"Tr0ub4dor-and-3\" , "
        + "\"b\":[{\"db_password\":\"Tr0ub4dor-and-3\"}]}}\n")]
    public void Redact_SecretThatItsNameTells_IsFoundAsInAMessage(string file)
    {
        var redacted = Encoding.UTF8.GetString(DocumentRedactor.Redact(Encoding.UTF8.GetBytes(file), out var count).Span);

        count.ShouldBeGreaterThan(0);
        redacted.ShouldNotContain("Tr0ub4dor");
        using var json = JsonDocument.Parse(redacted);
        json.RootElement.GetProperty("input").TryGetProperty("password", out _).ShouldBeTrue();
    }

    [Fact]
    public void Redact_BrokenLine_IsReadAsTextAndTheNextAsJson()
    {
        var file = Encoding.UTF8.GetBytes($"{{\"half\": \"{Key}\n{{\"lone\":\"\\ud800 {Key}\"}}\n{{\"whole\":\"{Key}\"}}\n");

        var redacted = Encoding.UTF8.GetString(DocumentRedactor.Redact(file, out var count).Span);

        count.ShouldBe(3);
        redacted.ShouldNotContain(Key);
        redacted.ShouldContain("\\ud800");
        redacted.Split('\n').Length.ShouldBe(4);
    }

    private static List<string> Pieces(string file) =>
        [.. DocumentSplitter.Split(Encoding.UTF8.GetBytes(file)).Select(piece => Encoding.UTF8.GetString(piece.Span))];

    private static string Session(int lines) =>
        string.Concat(Enumerable.Range(0, lines)
            .Select(i => $"{{\"id\":{i},\"text\":\"{new string((char)('a' + (i % 26)), 50 + (i * 37 % 900))}\"}}\n"));
}

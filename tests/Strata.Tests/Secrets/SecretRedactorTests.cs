using FsCheck;
using FsCheck.Fluent;
using Strata.Secrets;

namespace Strata.Tests.Secrets;

public sealed class SecretRedactorTests
{
    // Random, of no account; put together here so that no scanner of repositories takes this file for a leak.
    private const string Mixed = "tR7xK2mQ9vL4wZ8nB3cF6hJ1pD5sG0yA";
    private const string Hex = "9f86d081884c7d659a2feaa0c55ad015";
    private const string Upper = "Q7ZK2M9XLW48NB3C";

    public static TheoryData<string, string, string> Keys => new()
    {
        { "sk-" + "ant-api03-" + Mixed + "-" + Mixed, "api-key", "ANTHROPIC" },
        { "sk-" + "proj-" + Mixed + "_" + Mixed, "api-key", "openai" },
        { "sk-" + Mixed + Mixed[..16], "api-key", "openai, old" },
        { "sk-" + "or-v1-" + Hex + Hex, "api-key", "openrouter" },
        { "AKIA" + Upper, "api-key", "aws" },
        { "gh" + "p_" + Mixed + "4fQz", "api-key", "github" },
        { "github" + "_pat_" + Mixed[..22] + "_" + Mixed, "api-key", "github" },
        { "glpat" + "-" + Mixed[..20], "api-key", "gitlab" },
        { "xox" + "b-123456789012-123456789012-" + Mixed[..24], "api-key", "slack" },
        { "AIza" + Mixed + "-Qz", "api-key", "google" },
        { "hf" + "_" + Mixed + "ab", "api-key", "hugging face" },
        { "npm" + "_" + Mixed + "4fQz", "api-key", "npm" },
        { "sk" + "_live_" + Mixed[..24], "api-key", "stripe" },
        { "SG" + "." + Mixed[..22] + "." + Mixed + "abcdefghijk", "api-key", "sendgrid" },
        { "123456789" + ":AA" + Mixed + "x", "api-key", "telegram" },
        { "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0." + Mixed, "jwt", "jwt" },
    };

    [Theory]
    [MemberData(nameof(Keys))]
    public void Redact_KeyOfAVendor_AnywhereInATextIsGone(string key, string kind, string vendor)
    {
        string[] texts = [key, $"export {vendor.ToUpperInvariant()}_X={key}\n", $$"""{"key":"{{key}}","n":1}""", $"I used {key}. Then",
            $"log:\\n{key}\\nend", $"curl -H 'X: {key}' https://api"];
        foreach (var text in texts)
        {
            var redacted = SecretRedactor.Redact(text, out var count);
            redacted.ShouldNotContain(key[5..]);
            redacted.ShouldContain($"[secret:{kind}:");
            count.ShouldBe(1, text);
            redacted.Length.ShouldBeLessThan(text.Length + 10);
        }
    }

    [Theory]
    [InlineData("DB_PASSWORD=hunter2!x", "hunter2!x")]
    [InlineData("password: corr3ct-horse", "corr3ct-horse")]
    [InlineData("\"password\": \"p4ssw0rd!\"", "p4ssw0rd!")]
    [InlineData("{\\\"api_key\\\": \\\"a8Fk29dkLwQp31\\\"}", "a8Fk29dkLwQp31")]
    [InlineData("AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz9KEY9k7q", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzz9KEY9k7q")]
    [InlineData("Server=db;User Id=sa;Password=simple;Encrypt=true", "simple")]
    [InlineData("AccountKey=Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg==;EndpointSuffix=x", "Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg==")]
    [InlineData("postgres://app:s3cr3t@db.local:5432/x", "s3cr3t")]
    [InlineData("mongodb+srv://admin:letmein@cluster0.example.net", "letmein")]
    [InlineData("Authorization: Bearer a1B2c3D4e5F6g7H8i9J0", "a1B2c3D4e5F6g7H8i9J0")]
    [InlineData("authorization: Basic dXNlcjpwYXNzd29yZDE=", "dXNlcjpwYXNzd29yZDE=")]
    [InlineData("mysql --password s3cr3t9 -u root", "s3cr3t9")]
    [InlineData("const apiKey = \"a8Fk29dkLwQp31Zx\";", "a8Fk29dkLwQp31Zx")]
    [InlineData("https://x.example/cb?access_token=a8Fk29dkLwQp31Zx&y=1", "a8Fk29dkLwQp31Zx")]
    [InlineData("curl -s -u admin:letmein https://x.example/api", "letmein")]
    [InlineData("curl --user \\\"admin:letmein\\\" https://x.example/api", "letmein")]
    [InlineData("curl -X POST --proxy-user=me:s3cr3t9 https://x.example/api", "s3cr3t9")]
    [InlineData("mysql -uroot -phunter db < dump.sql", "hunter")]
    [InlineData("mysqldump -h db -p'hunter two' x", "hunter")]
    [InlineData("sshpass -p hunter ssh me@host", "hunter")]
    [InlineData("redis-cli -h cache -a hunter PING", "hunter")]
    [InlineData("docker login -u me -p hunter registry.example", "hunter")]
    [InlineData("client_secret: 9f86d081884c7d659a2feaa0c55ad015", "9f86d081884c7d659a2feaa0c55ad015")]
    public void Redact_ValueOfASecretsName_IsGoneAndTheRestStays(string text, string secret)
    {
        var redacted = SecretRedactor.Redact(text, out var count);
        count.ShouldBe(1);
        redacted.ShouldNotContain(secret);
        var at = text.IndexOf(secret, StringComparison.Ordinal);
        redacted.ShouldStartWith(text[..at] + "[secret:");
        redacted.ShouldEndWith("]" + text[(at + secret.Length)..]);
    }

    [Theory]
    [InlineData("commit 3268ccf0a91be2c4d5e6f708192a3b4c5d6e7f80 (HEAD -> main)")]
    [InlineData("session 550e8400-e29b-41d4-a716-446655440000 started")]
    [InlineData("/home/me/.config/secrets/token.json and src/Secrets/SecretRedactor.cs")]
    [InlineData("max_tokens: 4096, token_count = 1234567890123456, tokens=200000")]
    [InlineData("password = user.password; token = get_token(request); secret = os.environ[\"SECRET\"]")]
    [InlineData("string password, CancellationToken cancellationToken = default")]
    [InlineData("API_KEY=your-api-key-here PASSWORD=changeme123 SECRET=${SECRET_2} TOKEN=<token1>")]
    [InlineData("tokenizer=o200k_base token: o200k_base, next_token: next_token_2")]
    [InlineData("Basic authentication and Bearer tokens are supported; the bearer of this letter")]
    [InlineData("task-scheduler-runs-every-10-minutes-and-again, risk-assessment-for-2024-q3-report")]
    [InlineData("https://github.com/owner/repo@v1.2.3 ssh://git@host:22/x http://localhost:8080/@scope/pkg")]
    [InlineData("sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU= sha512:9f86d081884c7d659a2feaa0c55ad015")]
    [InlineData("PWD=/home/me/project OLDPWD=/tmp/x1 SECRET_FILE=/run/secrets/db1")]
    [InlineData("password: must have 8 characters; the token: it is 12 characters long; secret: yes")]
    [InlineData("if (token == \"end1\") return; passwordHash = Hash(password1);")]
    [InlineData("curl -u $USER:$PASS https://x; curl -u user:password https://x; curl -us https://x | jq -u a:b")]
    [InlineData("mysql -u root -p db; mysql -P 3306 --protocol=tcp; libmysql-dev -parallel is no option; sshpass -p ${PASS} ssh x; docker "
        + "run -p 8080:80 nginx")]
    [InlineData("-----BEGIN CERTIFICATE-----\nMIIDdzCCAl+gAwIBAgIEAgAAuTANBgkqhkiG9w0BAQUFADBaMQswCQYDVQQGEwJJ\n-----END CERTIFICATE-----")]
    [InlineData("-----BEGIN PUBLIC KEY-----\nMIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A\n-----END PUBLIC KEY-----")]
    [InlineData("\"password\": \"[secret:password:1f]\" and sk-learn-is-a-package-for-python-3")]
    public void Redact_OrdinaryText_StaysAsItIs(string text) => SecretRedactor.Redact(text).ShouldBeSameAs(text);

    [Fact]
    public void Redact_PasswordAtTheEndOfALongCommand_GoesWhole()
    {
        for (var filler = 480; filler < 495; filler++)
            SecretRedactor.Redact($"curl -H '{new string('x', filler)}' -u me:hunter2hunter https://x.example").ShouldNotContain("hunter");
    }

    [Fact]
    public void Redact_Base64Image_StaysAsItIs()
    {
        var bytes = new byte[300_000];
        new System.Random(7).NextBytes(bytes);
        var text = "data:image/png;base64," + Convert.ToBase64String(bytes);
        SecretRedactor.Redact(text).ShouldBeSameAs(text);
    }

    [Fact]
    public void Redact_TheSameSecret_HasTheSamePlaceholderEverywhere()
    {
        var key = "sk-" + "ant-" + Mixed;
        var other = "sk-" + "ant-" + Mixed[1..] + "z";
        var first = SecretRedactor.Redact($"a {key}");
        SecretRedactor.Redact($"b {key} c {other}").ShouldBe($"b {first[2..]} c {SecretRedactor.Redact(other)}");
        SecretRedactor.Redact(other).ShouldNotBe(first[2..]);
    }

    [Fact]
    public void Redact_WhatAPersonMayHaveChosen_TellsEightBitsOnly() =>
        SecretRedactor.Redact("password=hunter22").ShouldMatch(@"\Apassword=\[secret:password:[0-9a-f]{2}\]\z");

    [Theory]
    [InlineData("-----BEGIN RSA PRIVATE KEY-----\n", "\n-----END RSA PRIVATE KEY-----")]
    [InlineData("-----BEGIN OPENSSH PRIVATE KEY-----\n", "")]
    [InlineData("", "\n-----END PRIVATE KEY-----")]
    [InlineData(
        "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,1234\n\n", "\n-----END RSA PRIVATE KEY-----")]
    public void Redact_PrivateKey_GoesWholeAlsoWhereItIsCutOff(string begin, string end)
    {
        var line = (Mixed + Mixed)[..64];
        foreach (var lineEnd in (string[])["\n", "\\n", "\r\n"])
        {
            var key = $"{begin}{line}\n{line}\n{line}\nQzI1Aa=={end}".Replace("\n", lineEnd, StringComparison.Ordinal);
            SecretRedactor.Redact($"The key is{lineEnd}{key}{lineEnd}Then we went on with the work.")
                .ShouldMatch(@"\AThe key "
                    + $@"is{System.Text.RegularExpressions.Regex.Escape(lineEnd)}\[secret:private-key:[0-9a-f]{{4}}\]"
                    + $@"{System.Text.RegularExpressions.Regex.Escape(lineEnd)}Then we went on with the work\.\z");
        }
    }

    [Theory]
    [InlineData("https://$KEY:x-oauth-basic@github.com/a/b")]
    [InlineData("Bearer 9f86d081884c7d659a2feaa0c55ad015=$KEY")]
    [InlineData("password=abc1:$KEY")]
    public void Redact_WhereTwoRulesMeet_NeitherLeavesAnything(string text)
    {
        var key = "sk-" + "ant-" + Mixed;
        var redacted = SecretRedactor.Redact(text.Replace("$KEY", key, StringComparison.Ordinal));
        redacted.ShouldNotContain("tR7x");
        redacted.ShouldNotContain("9f86d0");
        redacted.ShouldNotContain("abc1");
        SecretRedactor.Redact(redacted).ShouldBeSameAs(redacted);
    }

    [Fact]
    public void Redact_AKeyBehindAnyText_IsFound() => Prop.ForAll(
        Gen.Elements("sk-ant-", "eyJ", ".eyJ", "://", "@", ":", "-----BEGIN ", "PRIVATE KEY", "-----", "-----END ", "password", "=", "\"",
            "\\", "'", " ", "\n", "token", "Bearer ", "Basic ", ";", "--", Mixed, Hex, "\ud800", "日本", "[secret:", "AKIA" + Upper, "a1!")
            .ArrayOf().ToArbitrary(),
        pieces => !SecretRedactor.Redact(string.Concat(pieces) + "\n sk-" + "ant-api-" + Mixed[..20] + "QQ ")
            .Contains("QQ", StringComparison.Ordinal)).QuickCheckThrowOnFailure();
}

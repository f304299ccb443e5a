using System.Buffers;

namespace Strata.Secrets;

/// <summary>The form of one vendor's keys: what they begin with and what follows.</summary>
/// <param name="Prefix">Case-sensitive.</param>
/// <param name="Body">The chars that may follow.</param>
/// <param name="Least">How many must follow.</param>
/// <param name="Most">How many may.</param>
internal sealed record VendorKey(string Prefix, SearchValues<char> Body, int Least, int Most = VendorKey.Longest)
{
    // A longer run is data.
    public const int Longest = 1_024;

    private const string LettersAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public static readonly SearchValues<char> Alphanumeric = SearchValues.Create(LettersAndDigits);
    public static readonly SearchValues<char> Word = SearchValues.Create(LettersAndDigits + "_-");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdef");
    private static readonly SearchValues<char> Upper = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
    private static readonly SearchValues<char> Parts = SearchValues.Create(LettersAndDigits + "_-.");
    private static readonly SearchValues<char> Path = SearchValues.Create(LettersAndDigits + "_-/");

    /// <summary>
    /// Longer prefixes before those that they begin with. From the vendors' own pages and GitHub's list of secret scanning patterns.
    /// </summary>
    public static readonly VendorKey[] All =
    [
        new("sk-ant-", Word, 20), new("sk-proj-", Word, 20), new("sk-svcacct-", Word, 20), new("sk-admin-", Word, 20),
        new("sk-or-v1-", Hex, 32),
        new("sk-lf-", Word, 20), new("sk-", Alphanumeric, 20), new("gsk_", Alphanumeric, 40), new("xai-", Alphanumeric, 40),
        new("pplx-", Alphanumeric, 40),
        new("r8_", Alphanumeric, 37, 37), new("nvapi-", Word, 40), new("tvly-", Word, 20), new("hf_", Alphanumeric, 30),
        new("AIza", Word, 35, 35),
        new("ya29.", Word, 20), new("GOCSPX-", Word, 20),
        new("AKIA", Upper, 16, 16), new("ASIA", Upper, 16, 16), new("ABIA", Upper, 16, 16), new("ACCA", Upper, 16, 16),
        new("ghp_", Alphanumeric, 30), new("gho_", Alphanumeric, 30), new("ghu_", Alphanumeric, 30), new("ghs_", Alphanumeric, 30),
        new("ghr_", Alphanumeric, 30), new("github_pat_", Word, 22),
        new("glpat-", Parts, 20), new("gldt-", Word, 20), new("glrt-", Parts, 20), new("glptt-", Word, 20), new("glcbt-", Word, 20),
        new("gloas-", Word, 20),
        new("xoxb-", Word, 10), new("xoxp-", Word, 10), new("xoxa-", Word, 10), new("xoxr-", Word, 10), new("xoxs-", Word, 10),
        new("xoxe-", Word, 10),
        new("xoxe.xoxp-", Word, 10), new("xoxe.xoxb-", Word, 10), new("xoxc-", Word, 10),
        new("xoxd-", SearchValues.Create(LettersAndDigits + "_-%+/="), 10),
        new("xapp-", Word, 20),
        new("hooks.slack.com/services/", Path, 20, 200), new("hooks.slack.com/workflows/", Path, 20, 200),
        new("discord.com/api/webhooks/", Path, 40, 200), new("discordapp.com/api/webhooks/", Path, 40, 200),
        new("sk_live_", Alphanumeric, 16), new("sk_test_", Alphanumeric, 16), new("rk_live_", Alphanumeric, 16),
        new("rk_test_", Alphanumeric, 16),
        new("whsec_", SearchValues.Create(LettersAndDigits + "+/="), 24), new("SG.", Parts, 40, 100),
        new("npm_", Alphanumeric, 36, 36), new("pypi-", Word, 50), new("rubygems_", Hex, 48, 48), new("dckr_pat_", Word, 20),
        new("dop_v1_", Hex, 64, 64), new("doo_v1_", Hex, 64, 64), new("dor_v1_", Hex, 64, 64), new("dapi", Hex, 32, 32),
        new("shpat_", Hex, 32, 32), new("shpss_", Hex, 32, 32), new("shpca_", Hex, 32, 32), new("shppa_", Hex, 32, 32),
        new("sq0atp-", Word, 22, 22), new("sq0csp-", Word, 43, 43), new("SK", Hex, 32, 32), new("sbp_", Hex, 40, 40),
        new("hvs.", Word, 24), new("hvb.", Word, 24), new("tskey-", Word, 20), new("NRAK-", Upper, 27, 27), new("glsa_", Word, 32),
        new("sntrys_", Word, 40),
        new("ATATT3", SearchValues.Create(LettersAndDigits + "_-="), 50), new("ATCTT3", SearchValues.Create(LettersAndDigits + "_-="), 50),
        new("lin_api_", Alphanumeric, 32), new("ntn_", Alphanumeric, 40), new("figd_", Word, 30), new("PMAK-", Word, 50),
        new("AGE-SECRET-KEY-1", Upper, 58, 58),
    ];

    /// <summary>How long the key is that begins at the start of the text, prefix included; 0 when none does.</summary>
    public int LengthAt(ReadOnlySpan<char> text)
    {
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            return 0;
        var rest = text[Prefix.Length..];
        var body = rest[..Math.Min(rest.Length, Most + 1)];
        var length = body.IndexOfAnyExcept(Body) is var end && end < 0 ? body.Length : end;
        while (length > Least && body[length - 1] is '.' or '-')
            length--;   // the end of a sentence, not of a key
        return length >= Least && (length <= Most || Most == Longest) && SecretValue.IsVaried(body[..length]) ? Prefix.Length + length : 0;
    }
}

using Strata.Reducing;
using Strata.Reducing.Pages;

namespace Strata.Tests.Reducing;

public partial class HtmlReducerTests : ReducerContract
{
    private protected override IReducer Reducer { get; } = new HtmlReducer();

    private protected override string Sample { get; } =
        "<!DOCTYPE html><html><head><title>Refunds</title><script>track('x'); start();</script></head><body>"
        + string.Concat(Enumerable.Range(0, 20)
            .Select(i => $"<div class=\"nav__item nav__item--{i}\" style=\"color:#abcdef;margin:{i}px\"></div>"))
        + "<h2>Limits</h2><p class=\"alert alert--wide\">Payment RF-22 was declined: card expired.</p><a class=\"link link--wide\" "
        + "href=\"/form?a=1\">form</a></body></html>";

    private protected override string[] Planted =>
        ["# Refunds", "## Limits", "Payment RF-22 was declined: card expired.", "form (/form?a=1)"];

    // Tags with their attributes, what they hide, and references are marks of the format.
    private protected override string Visible(string text) => Marks().Replace(text, " ");

    [System.Text.RegularExpressions.GeneratedRegex("(?s)<script.*?(?:</script>|\\z)|<[^>]*(?:>|\\z)|&[a-z]+;")]
    private static partial System.Text.RegularExpressions.Regex Marks();

    [Fact]
    public void Reduce_Page_IsItsTextWithLinks()
    {
        var text = "<!DOCTYPE html><html><head><title>Refunds &amp; "
            + "more</title><script>track('<b>')</script><style>p{margin:0}</style></head><body>"
            + string.Concat(Enumerable.Range(0, 20)
                .Select(i => $"<div class=\"nav__item nav__item--{i}\" style=\"color:#abcdef;margin:{i}px\"></div>"))
            + "<h2>Limits</h2><p>Above &euro;500 <b>RF-22</b>\n applies.</p><ul><li><a class=\"x\" "
            + "href='/form?a=1'>form</a></li></ul><table><tr><td>a</td><td>b</td></tr></table></body></html>";

        Reduced.As("html", text).ShouldBe("# Refunds & more\n## Limits\nAbove €500 RF-22 applies.\n- form (/form?a=1)\na | b");
    }
}

namespace Strata.Benchmarks.Synthetic;

/// <summary>Words, sentences and names from a seeded generator: the same seed gives the same text on every machine.</summary>
internal sealed class Vocabulary(int seed)
{
    private static readonly string[] Common =
        """
        the a an and or but if then when while because so that this these those it we you they is are was were be been has have had do
        does did not no can could should would will may must to of in on at by for from with without into over under after before again
        only also still now here there
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static readonly string[] Technical =
        """
        account address adapter agent alert archive argument array async attempt audit backup balance batch billing binding block branch
        bucket budget buffer build cache call certificate channel chunk client cluster code collection column command commit config
        connection container content context contract controller copy counter crash credential customer cursor daemon database deadline
        default delay deploy device dialog digest directory document domain driver edge editor element encoder endpoint engine entry error
        event exception export factory failure feature field file filter flag folder format frame function gateway graph group handler
        hash header health heap history hook host identity image import index input instance interval invoice item job journal kernel key
        label latency layer layout lease ledger length level library limit line link list listener loader lock logger loop manager
        manifest mapper marker memory merge message meter method metric migration mirror mode model module monitor name network node
        notice number object offset operation option order output owner package page panel parser partition password patch path payload
        peer pipeline plan policy pool port prefix price process profile project prompt property provider proxy queue quota range rate
        reader receipt record region registry relation release replica report request resource response result retry role root route
        router rule runner sample scanner schedule schema scope script search secret section segment sender sequence server service
        session setting shard signal snapshot socket source stack stage state status storage store strategy stream string summary switch
        symbol table target task template tenant test thread threshold ticket timeout token trace tracker transaction transfer tree
        trigger type update upload user validator value variable vector version view volume watcher widget window worker writer zone
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private readonly Random _random = new(seed);

    public int Next(int from, int to) => _random.Next(from, to);

    /// <summary>Mostly small, sometimes very large, as the lengths of tool results are.</summary>
    public int HeavyTailed(int median, int most) =>
        (int)Math.Min(most, median * Math.Exp(1.1 * (Uniform() + Uniform() + Uniform() - 1.5) * 2));

    public T Pick<T>(params ReadOnlySpan<T> items) => items[_random.Next(items.Length)];

    public string Word() => _random.Next(2) == 0 ? Pick<string>(Common) : Term();

    public string Term() => Pick<string>(Technical);

    public string Pascal() => string.Concat(Enumerable.Range(0, _random.Next(2, 4)).Select(_ => Capital(Term())));

    public string Camel() => Term() + Pascal();

    public string Hex(int length) => string.Concat(Enumerable.Range(0, length).Select(_ => "0123456789abcdef"[_random.Next(16)]));

    public string Path() => $"src/{Term()}/{Term()}-{Term()}/{Pascal()}.{Pick("cs", "ts", "py", "json", "md")}";

    public string Sentence()
    {
        var words =
            Enumerable.Range(0, _random.Next(8, 24)).Select(_ => _random.Next(12) switch { 0 => Camel(), 1 => Path(), _ => Word() });
        return Capital(string.Join(' ', words)) + Pick(".", ".", ".", "?", ":");
    }

    public string Prose(int sentences) => string.Join(' ', Enumerable.Range(0, sentences).Select(_ => Sentence()));

    private double Uniform() => _random.NextDouble();

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

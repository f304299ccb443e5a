namespace Strata.Facts.Ledgers;

/// <summary>A sentence taken apart, so that it can be held against another: its typed values, and the words that say what it is about.</summary>
internal sealed class Statement
{
    private readonly HashSet<string> _stems = new(StringComparer.Ordinal);
    private bool? _isPreference;

    private Statement(string text)
    {
        Text = text;
        Said = EntryShortener.WithoutHeader(text);
    }

    /// <summary>The user's words.</summary>
    public string Text { get; }

    /// <summary>The same without a heading in front.</summary>
    public string Said { get; }

    /// <summary>In order, words of firmness and change left out.</summary>
    public IReadOnlyList<Word> Words { get; private set; } = [];

    public IReadOnlyList<TypedValue> Values { get; private set; } = [];

    /// <summary>The words that say what it is about, shortened to what they share with other forms; without values.</summary>
    public IReadOnlySet<string> Stems => _stems;

    /// <summary>Single capitalised words inside the sentence: a value or a name, in German any noun.</summary>
    public IEnumerable<string> Names => Words.Where(word => word.Type == "word").Select(word => word.Key);

    /// <summary>The first of the stems; empty when there is none.</summary>
    public string Topic { get; private set; } = "";

    public bool IsUpdate { get; private init; }

    public bool IsSwitch { get; private init; }

    public bool IsComparative { get; private init; }

    public bool IsAddition { get; private init; }

    public bool IsProhibition { get; private init; }

    public bool IsPreference => _isPreference ??= StatementGate.Prefers(Said);

    /// <summary>What it says no longer holds; empty where it does not say.</summary>
    public IReadOnlyList<string> Dismissed { get; private set; } = [];

    public static Statement Of(string sentence)
    {
        var statement = new Statement(sentence)
        {
            IsUpdate = UpdateCues.IsUpdate(sentence),
            IsSwitch = UpdateCues.IsSwitch(sentence),
            IsComparative = UpdateCues.IsComparative(sentence),
            IsAddition = UpdateCues.IsAddition(sentence),
            IsProhibition = StatementGate.Prohibits(sentence),
        };
        var bare = UpdateCues.Bare(sentence);
        statement.Values = TypedValue.Find(bare);
        statement.Words = WordReader.Read(bare, statement.Values);
        foreach (var word in statement.Words)
        {
            if (word.Sort != WordSort.Content || !statement._stems.Add(word.Key))
                continue;
            if (statement.Topic.Length == 0)
                statement.Topic = word.Key;
        }

        var dismissed = UpdateCues.Dismissed(sentence);
        if (dismissed.Length > 0)
            statement.Dismissed = [.. WordReader.Read(dismissed, TypedValue.Find(dismissed)).Where(word => word.Sort is WordSort.Content or WordSort.Value).Select(word => word.Key).Take(3)];
        return statement;
    }

    /// <summary>The content word that stands directly before the first place of a stem: what narrows it. Null when a function word or nothing does.</summary>
    public string? NarrowerOf(string stem)
    {
        for (var i = 0; i < Words.Count; i++)
        {
            if (Words[i].Sort == WordSort.Content && Words[i].Key == stem)
                return i > 0 && Words[i - 1].Sort == WordSort.Content ? Words[i - 1].Key : null;
        }

        return null;
    }

    /// <summary>The same where it can be no verb: no article stands between, and it is not the first word of an order.</summary>
    public string? SureNarrowerOf(string stem)
    {
        var isOrder = !Words.Any(word => word.Sort == WordSort.Copula) && !Words[0].IsLed;
        for (var i = 0; i < Words.Count; i++)
        {
            if (Words[i].Sort == WordSort.Content && Words[i].Key == stem)
                return i > (isOrder ? 1 : 0) && Words[i - 1].Sort == WordSort.Content && !Words[i].IsLed ? Words[i - 1].Key : null;
        }

        return null;
    }
}

namespace Strata.Facts.Dialogues;

/// <summary>
/// What a word does in a talk. The lists are English and optional: in other languages rarity, names, numbers and questions alone decide.
/// </summary>
[Flags]
internal enum WordTraits
{
    None = 0,
    Stop = 1,
    Number = 2,
    Time = 4,
    FirstPerson = 8,
    SecondPerson = 16,
    Past = 32,

    /// <summary>Family, work, home: what people ask each other about later.</summary>
    Life = 128,

    /// <summary>A sound of hesitation.</summary>
    Filler = 256,

    /// <summary>Articles and prepositions: written language has more of them than chatter.</summary>
    Nominal = 512,

    /// <summary>Deciding, agreeing, planning.</summary>
    Deciding = 1024,

    /// <summary>May open a sentence without adding to it.</summary>
    Opening = 2048,

    /// <summary>Said while listening: in speech it stands anywhere and says nothing.</summary>
    Assent = 4096,

    /// <summary>Joins a sentence to the one before, which is seldom quoted beside it.</summary>
    Joining = 8192,

    /// <summary>Common in every talk, whatever it is about.</summary>
    Light = 16384,
}

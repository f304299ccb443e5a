namespace Strata.Text.Languages;

/// <summary>
/// What a cue says of the sentence that holds it. Each kind is a section of a language's data file, named by <see cref="CueSections"/>.
/// </summary>
[Flags]
internal enum CueKind
{
    None = 0,

    /// <summary>Makes a rule of the sentence, whatever else it says: <c>from now on</c>.</summary>
    Standing = 1,

    /// <summary>Makes a rule of the sentence unless it is <see cref="Told"/>: <c>immer</c>, <c>nigdy</c>.</summary>
    Habit = 1 << 1,

    /// <summary>Forbids, or allows one thing only.</summary>
    Prohibition = 1 << 2,

    /// <summary>Tells a taste or a wish that holds on.</summary>
    Preference = 1 << 3,

    /// <summary>Obliges or permits.</summary>
    Obligation = 1 << 4,

    /// <summary>Bounds something by a number or a date.</summary>
    Limit = 1 << 5,

    /// <summary>Says how answers and files are to look.</summary>
    Format = 1 << 6,

    /// <summary>Reports what happens or happened: a <see cref="Habit"/> in it is none of the user's rules.</summary>
    Told = 1 << 7,

    /// <summary>Chat: the sentence is no rule at all.</summary>
    Talk = 1 << 8,

    /// <summary>
    /// A request of the moment, an opinion, a guess: only what is <see cref="Standing"/> or a <see cref="Limit"/> makes a rule beside it.
    /// </summary>
    Moment = 1 << 9,

    /// <summary>Asks, offers, feels or thanks: the sentence is no fact either.</summary>
    Request = 1 << 10,

    /// <summary>States the aim or the next step.</summary>
    Goal = 1 << 11,

    /// <summary>Says under which condition it holds, or of which things.</summary>
    Condition = 1 << 12,

    /// <summary>Opens a sentence that is no order: an article, a pronoun, a question word.</summary>
    NoOrder = 1 << 13,

    /// <summary>Negates.</summary>
    Negation = 1 << 14,

    /// <summary>Says nothing without the sentence before.</summary>
    Dependent = 1 << 15,

    /// <summary>Sets another way from here on: <c>instead</c>, <c>no longer</c>.</summary>
    Switch = 1 << 16,

    /// <summary>Reports a change: <c>was moved to</c>.</summary>
    Change = 1 << 17,

    /// <summary>Prefers one thing over what was: <c>rather</c>.</summary>
    Comparative = 1 << 18,

    /// <summary>Says that it stands beside what was said: <c>also</c>.</summary>
    Addition = 1 << 19,

    /// <summary>Says that what follows no longer holds: <c>instead of</c>.</summary>
    Dismissal = 1 << 20,

    /// <summary>Softens or stresses and says nothing else: <c>please</c>, <c>always</c>.</summary>
    Firmness = 1 << 21,

    /// <summary>Says what is being done now: <c>Reviewing the layout</c>.</summary>
    Status = 1 << 22,

    /// <summary>Closes an order and asks for assent, which makes no question of it: <c>…, okay?</c></summary>
    Assent = 1 << 23,
}

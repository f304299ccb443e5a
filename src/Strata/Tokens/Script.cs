namespace Strata.Tokens;

/// <summary>Groups of writing systems that tokenizers treat alike.</summary>
internal enum Script
{
    /// <summary>Latin letters, digits, punctuation, white space: prose and code.</summary>
    Latin,

    /// <summary>Cyrillic, Greek, Armenian and Georgian.</summary>
    Cyrillic,

    /// <summary>Arabic, Hebrew, Syriac.</summary>
    Arabic,

    /// <summary>Devanagari to Sinhala.</summary>
    Indic,

    /// <summary>Thai, Lao, Tibetan, Burmese, Khmer.</summary>
    SoutheastAsian,

    /// <summary>Chinese, Japanese, Korean and full-width forms.</summary>
    Cjk,

    /// <summary>Emoji, pictographs, arrows and box drawing.</summary>
    Symbols,

    /// <summary>Everything else.</summary>
    Other,
}

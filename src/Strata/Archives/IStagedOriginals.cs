namespace Strata.Archives;

/// <summary>Originals that are ready to be written. Belongs to the archive that staged them.</summary>
public interface IStagedOriginals
{
    /// <summary>How many secrets were replaced by placeholders; 0 where redaction is off.</summary>
    int SecretsRedacted { get; }
}

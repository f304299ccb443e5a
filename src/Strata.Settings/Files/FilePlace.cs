namespace Strata.Settings.Files;

/// <summary>Says where in a file something stands; lines and columns begin at 1.</summary>
internal sealed class FilePlace(string file)
{
    // Stream, document, settings, levels, a level, its models, and room for the file of another program.
    private const int Deepest = 32;

    public string At(long line, long column) => FormattableString.Invariant($"{file}, line {line}, column {column}");

    /// <summary>Readers call themselves for every level of nesting, and a stack that is used up ends the process.</summary>
    public void CheckDepth(int depth, long line, long column)
    {
        if (depth > Deepest)
            throw new SettingsException(At(line, column) + ": this is nested deeper than settings are.");
    }

    public SettingsException NotA(string syntax, long line, long column, string why, Exception? because = null) =>
        new($"{At(line, column)}: this is not {syntax}: {why.ReplaceLineEndings(" ").TrimEnd('.')}.", because);
}

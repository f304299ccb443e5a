namespace Strata.Facts.Manifests;

/// <summary>Takes the folder that the session works in from its commands: it is said once, above the files.</summary>
internal static class SessionFolder
{
    /// <param name="manifest">What was done.</param>
    /// <param name="folder">With its last slash; empty when there is none.</param>
    public static Manifest Leave(Manifest manifest, string folder)
    {
        if (folder.Length == 0)
            return manifest;
        var change = $"cd {folder.TrimEnd('/')} && ";
        var commands = new RecentEntries<CommandEntry>(int.MaxValue);
        foreach (var command in manifest.Commands)
        {
            var told = Without(command.Command);
            commands.Put(told, command with { Command = told, Times = command.Times + (commands.Find(told)?.Times ?? 0) });
        }

        return manifest with
        {
            Commands = [.. commands.Values],
            Errors = [.. manifest.Errors.Select(error =>
                error with { Source = Without(error.Source), Cure = error.Cure is { } cure ? Without(cure) : null })],
        };

        string Without(string text) => text.Replace(change, "", StringComparison.Ordinal);
    }
}

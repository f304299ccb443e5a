using Strata.Facts;
using Strata.Facts.Manifests;
using Strata.Transcripts;

namespace Strata.LevelZero.Reading;

/// <summary>Hands on what an earlier summary of ours told of files, commands and tasks.</summary>
internal sealed class ManifestCarrier(Notebook notebook, ManifestBuilder manifest, FileReader files)
{
    public void Carry(PreviousSummary previous, MessageGroup group)
    {
        foreach (var entry in previous[SummaryFormat.Files])
            CarryFile(entry, previous.Root, group);
        foreach (var entry in previous[SummaryFormat.Commands])
            notebook.NoteAll(entry.Text, Speaker.Call, group);
        ManifestEntries.Carry(previous, manifest);
    }

    private void CarryFile(SummaryEntry entry, string root, MessageGroup group)
    {
        if (FileLine.Read(entry.Text, root) is not { } file)
            return;
        manifest.Carry(file);
        notebook.NoteAll(file.Path, Speaker.Call, group);
        foreach (var line in entry.Lines)
        {
            if (line.StartsWith(SummaryFormat.Topic, StringComparison.Ordinal))
                notebook.NoteAll(line, Speaker.Assistant, group, file.Path);
            else
                files.Carry(line, group, file.Path);
        }
    }
}

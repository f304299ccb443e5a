using Strata.Cli.Files;
using Strata.Secrets;

namespace Strata.Cli.Clients;

/// <summary>A session file that is replaced where it lies.</summary>
internal sealed class ReplacedSession
{
    private readonly SessionFile _file;
    private readonly SessionInUse _use;
    private readonly bool _force;
    private readonly DateTime _written;
    private readonly List<string> _notes = [];

    /// <param name="file">The session, with its bytes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="force">Whether it is replaced though a program works on it.</param>
    /// <exception cref="CliException">A program works on it.</exception>
    public ReplacedSession(SessionFile file, TimeProvider time, bool force)
    {
        (_file, _force) = (file, force);
        _use = new SessionInUse(file, time, new RunningProcesses());
        _written = File.GetLastWriteTimeUtc(file.Path!);
        if (_use.Sign() is not { } sign)
            return;
        MayGoOn(sign);
        _notes.Add($"It was replaced though {sign}: what a program that has it open writes now may be lost or contradict it.");
    }

    /// <summary>What the user should know, a sentence each.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>The original must come back byte for byte, and an archive keeps placeholders for secrets.</summary>
    /// <exception cref="CliException">It holds secrets that the archive would not keep.</exception>
    public void MustComeBack(bool keepsSecrets)
    {
        if (keepsSecrets)
            return;
        DocumentRedactor.Redact(_file.Bytes!.Value, out var secrets);
        if (secrets > 0)
            throw new CliException(
                $"{_file.Name} holds {Output.Numbers.Of(secrets, "secret")} (keys, passwords and the like), for which the "
                + "archive would keep placeholders, so that undo could not put it back as it was. Give --keep-secrets to archive it as it "
                + "is, or leave --in-place out. Nothing was changed.");
    }

    /// <summary>The last look before it is replaced.</summary>
    /// <exception cref="CliException">It was changed since it was read, or a program works on it.</exception>
    public void MustBeAsRead()
    {
        var path = _file.Path!;
        if (File.GetLastWriteTimeUtc(path) != _written || new FileInfo(path).Length != _file.Bytes!.Value.Length)
            throw new CliException($"{path} was written meanwhile. Nothing was changed; run it again when its program is done.",
                ExitCodes.Failed);
        if (_notes.Count == 0 && _use.Sign() is { } sign)
            MayGoOn(sign);
    }

    /// <summary>
    /// What is to be done once it is replaced. Programs sort sessions by the time of their last turn, which a compaction is not.
    /// </summary>
    public void Finish()
    {
        var path = SameFile.Resolve(_file.Path!);
        File.SetLastWriteTimeUtc(path, _written);
        if (_file.Document.SessionId is { } session && SessionClient.Find(_file.Format.Name)?.Replaced is { } replaced)
            _notes.AddRange(replaced(path, session));
    }

    /// <summary>One more sentence that the user should know.</summary>
    public void Tell(string note) => _notes.Add(note);

    private void MayGoOn(string sign)
    {
        if (!_force)
            throw new CliException($"{_file.Name} is in use: {sign}. Nothing was changed. End the program first, or give --force.",
                ExitCodes.Failed);
    }
}

namespace Strata.Archives;

/// <summary>
/// An archive that cannot do what it was asked: the message names the place and the way out. Nothing of the call was kept.
/// </summary>
public sealed class ArchiveException : Exception
{
    public ArchiveException(string message, ArchiveFault fault, Exception? innerException = null)
        : base(message, innerException) => Fault = fault;

    public ArchiveFault Fault { get; }
}

/// <summary>What kept an archive from its work.</summary>
public enum ArchiveFault
{
    /// <summary>The file is no archive, or damaged.</summary>
    NotAnArchive,

    /// <summary>It was written by a newer version.</summary>
    NewerVersion,

    /// <summary>It can be read but not written.</summary>
    ReadOnly,

    /// <summary>The disk, or the quota, is full.</summary>
    Full,

    /// <summary>Another writer held it for longer than the wait allows.</summary>
    Busy,

    /// <summary>The server cannot be reached, or the connection was lost.</summary>
    Unreachable,

    /// <summary>The server refused: user, password or rights.</summary>
    Denied,

    /// <summary>Anything else.</summary>
    Failed,
}

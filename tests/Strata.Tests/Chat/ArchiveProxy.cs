using System.Collections.Concurrent;
using System.Reflection;
using Strata.Archives;

namespace Strata.Tests.Chat;

/// <summary>An archive that counts what it is asked and fails when a test says so.</summary>
public class ArchiveProxy : DispatchProxy
{
    private IArchive? _inner;

    /// <summary>Names of the methods that were called.</summary>
    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>Names of the methods that fail.</summary>
    public HashSet<string> Failing { get; } = [];

    public static (IArchive Archive, ArchiveProxy Proxy) Around(IArchive inner)
    {
        var archive = Create<IArchive, ArchiveProxy>();
        ((ArchiveProxy)archive)._inner = inner;
        return (archive, (ArchiveProxy)archive);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Calls.Enqueue(targetMethod!.Name);
        return Failing.Contains(targetMethod.Name)
            ? throw new ArchiveException("the disk is full", ArchiveFault.Full)
            : targetMethod.Invoke(_inner, args);
    }
}

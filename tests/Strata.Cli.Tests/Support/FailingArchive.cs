using System.Reflection;
using Strata.Archives;
using Strata.Cli.Archives;

namespace Strata.Cli.Tests.Support;

/// <summary>Archives that fail.</summary>
internal static class FailingArchive
{
    /// <summary>One that cannot be opened.</summary>
    public static Func<ArchiveRequest, CancellationToken, ValueTask<IArchive>> With(ArchiveFault fault, string message) =>
        (_, _) => throw new ArchiveException(message, fault);

    /// <summary>One that does all but the last step.</summary>
    public static IArchive AtCommit(IArchive inner)
    {
        var archive = DispatchProxy.Create<IArchive, Refusing>();
        ((Refusing)(object)archive).Inner = inner;
        return archive;
    }

    internal class Refusing : DispatchProxy
    {
        public IArchive? Inner { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name == nameof(IArchive.CommitAsync)
            ? ValueTask.FromException(new ArchiveException("the disk is full.", ArchiveFault.Full))
            : targetMethod.Invoke(Inner, args);
    }
}

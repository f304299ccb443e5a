using System.Reflection;
using Strata.Archives;

namespace Strata.Hosting.Tests.Support;

/// <summary>An archive that tells what is called and holds nothing.</summary>
public class FakeArchive : DispatchProxy
{
    public List<string> Calls { get; } = [];

    internal static (IArchive Archive, FakeArchive Fake) Create()
    {
        var archive = DispatchProxy.Create<IArchive, FakeArchive>();
        return (archive, (FakeArchive)(object)archive);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        Calls.Add(targetMethod!.Name);
        var type = targetMethod.ReturnType;
        if (!type.IsGenericType)
            return ValueTask.CompletedTask;
        var result = type.GetGenericArguments()[0];
        var value = result.IsGenericType && result.GetGenericTypeDefinition() == typeof(IReadOnlyList<>)
            ? Array.CreateInstance(result.GetGenericArguments()[0], 0) : null;
        return type.GetConstructor([result])!.Invoke([value]);
    }
}

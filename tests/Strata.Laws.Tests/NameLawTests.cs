using System.Reflection;
using System.Runtime.CompilerServices;

namespace Strata.Laws.Tests;

/// <summary>One name means one thing: a search for a type's name finds that type.</summary>
public sealed class NameLawTests
{
    private static readonly string[] Shipped =
        [.. Directory.GetDirectories(Path.Combine(Strata.Tests.Laws.Repository.Root, "src")).Select(folder => Path.GetFileName(folder)!)];

    [Fact]
    public void Types_OfAllShippedAssemblies_HaveNamesOfTheirOwn() =>
        Shared(Shipped.SelectMany(name => Assembly.Load(name).GetTypes())).ShouldBeEmpty();

    [Fact]
    public void Shared_TypesOfOneName_AreReported() => Shared([typeof(One.Widget), typeof(Other.Widget), typeof(Other.Gadget)])
        .ShouldHaveSingleItem().ShouldContain("Other.Widget");

    private static IEnumerable<string> Shared(IEnumerable<Type> types) =>
        from type in types
        where !type.IsNested && !type.IsDefined(typeof(CompilerGeneratedAttribute))
            && type.FullName!.StartsWith("Strata.", StringComparison.Ordinal)
        group Role(type) by type.Name into named
        where named.Distinct(StringComparer.Ordinal).Skip(1).Any()
        select string.Join(" and ", named.Order(StringComparer.Ordinal));

    // The two archives have the same parts, and the same part has the same name in both.
    private static string Role(Type type) =>
        type.Assembly.GetName().Name == "Strata.Storage" ? "a part of Strata.Storage: " + type.Name : type.FullName!;
}

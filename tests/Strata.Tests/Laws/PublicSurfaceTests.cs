using System.Reflection;
using System.Text;

namespace Strata.Tests.Laws;

/// <summary>
/// Law 3: what is public is a decision. A change of the public surface shows up as a change of PublicSurface.approved.txt; set STRATA_APPROVE=1 to write it anew.
/// </summary>
public sealed class PublicSurfaceTests
{
    private static readonly string Approved = Path.Combine(Repository.Root, "tests", "Strata.Tests", "Laws", "PublicSurface.approved.txt");

    [Fact]
    public void PublicSurface_OfTheLibrary_IsTheApprovedOne()
    {
        var surface = Describe(typeof(Compactor).Assembly);
        if (Environment.GetEnvironmentVariable("STRATA_APPROVE") == "1")
            File.WriteAllText(Approved, surface);
        surface.ShouldBe(File.ReadAllText(Approved).ReplaceLineEndings("\n"));
    }

    private static string Describe(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.Namespace).Append('.').Append(Name(type)).Append('\n');
            var members = type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
                .Where(member => !IsNoise(member))
                .Select(Describe)
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal);
            foreach (var member in members)
                text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"new({Parameters(constructor)})",
        MethodInfo method => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property => $"{(property.GetMethod?.IsStatic == true ? "static " : "")}{Name(property.PropertyType)} {property.Name} {{ get;{(property.SetMethod is { IsPublic: true } ? " set;" : "")} }}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => member.ToString() ?? "",
    };

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Name(Type type)
    {
        if (type.IsGenericParameter)
            return type.Name;
        if (type.HasElementType)
            return Name(type.GetElementType()!) + (type.IsArray ? "[]" : "");
        if (Nullable.GetUnderlyingType(type) is { } value)
            return Name(value) + "?";
        var name = type.IsNested ? $"{type.DeclaringType!.Name}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }

    // What the compiler writes for records and accessors says nothing that the type does not.
    private static bool IsNoise(MemberInfo member) =>
        member is MethodInfo { IsSpecialName: true } or Type
        || member.Name is "Equals" or "GetHashCode" or "ToString" or "<Clone>$" or "Deconstruct" or "EqualityContract" or "PrintMembers"
        || member is ConstructorInfo constructor && constructor.GetParameters() is [var only] && only.ParameterType == member.DeclaringType;
}

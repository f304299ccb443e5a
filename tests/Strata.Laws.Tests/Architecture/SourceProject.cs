using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Strata.Tests.Laws;

namespace Strata.Laws.Tests.Architecture;

/// <summary>
/// The sources of a project, bound by the compiler. Every name is resolved to its symbol, so that uses without a <c>using</c> are seen as
/// well: parent namespaces, extension methods, <c>var</c>, generic arguments, constants, operators and <c>new()</c>.
/// </summary>
internal sealed class SourceProject
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Preview);
    private static readonly CSharpCompilationOptions Compiling =
        new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
    private static readonly IReadOnlyList<MetadataReference> Platform = [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
        .Split(Path.PathSeparator)
        .Select(path => MetadataReference.CreateFromFile(path))];

    private static readonly SyntaxTree ImplicitUsings = CSharpSyntaxTree.ParseText(
        """
        global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq;
        global using System.Net.Http; global using System.Threading; global using System.Threading.Tasks;
        """,
        Parsing);

    private SourceProject(string name, IEnumerable<(string Path, string Text)> files)
    {
        Name = name;
        var trees = files.Select(file => CSharpSyntaxTree.ParseText(file.Text, Parsing, file.Path));
        // The project's own assembly is not referenced: its types are read from the sources.
        var references = Platform.Where(reference => Path.GetFileNameWithoutExtension(reference.Display) != name);
        Compilation = CSharpCompilation.Create(name, [.. trees, ImplicitUsings], references, Compiling);
    }

    public string Name { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>The project in the folder <c>src/NAME</c> of this checkout.</summary>
    public static SourceProject Of(string name)
    {
        var root = Path.Combine(Repository.Root, "src", name);
        return new SourceProject(name, Repository.Sources(Path.Combine("src", name))
            .Select(file => (Path.GetRelativePath(root, file).Replace('\\', '/'), File.ReadAllText(file))));
    }

    public static SourceProject Of(params (string Path, string Text)[] files) => new("Fixture", files);

    /// <summary>What files use of other files, each pair of file and symbol once.</summary>
    public IReadOnlyList<SourceUse> Uses() => [.. Compilation.SyntaxTrees
        .Where(tree => tree.FilePath.Length > 0)
        .AsParallel().AsOrdered()
        .SelectMany(UsesOf)];

    /// <summary>The types of other assemblies that the files of a folder use, by full name.</summary>
    public IEnumerable<(string File, string Type)> ForeignTypes(string folder) =>
        from tree in Compilation.SyntaxTrees
        where tree.FilePath.StartsWith(folder, StringComparison.Ordinal)
        from use in SymbolsOf(tree)
        where use.Type.DeclaringSyntaxReferences.IsEmpty
        select (tree.FilePath, use.Type.ToDisplayString());

    /// <summary>The namespace that each file declares.</summary>
    public IEnumerable<(string File, string Namespace)> Namespaces() =>
        from tree in Compilation.SyntaxTrees
        from declared in tree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax).OfType<BaseNamespaceDeclarationSyntax>()
        select (tree.FilePath, declared.Name.ToString());

    /// <summary>The folders right below the project.</summary>
    public IEnumerable<string> Folders() =>
        Compilation.SyntaxTrees.Select(tree => tree.FilePath.Split('/')).Where(path => path.Length > 1).Select(path => path[0]).Distinct();

    private IEnumerable<SourceUse> UsesOf(SyntaxTree tree) =>
        from use in SymbolsOf(tree)
        let declaration = use.Type.DeclaringSyntaxReferences.FirstOrDefault()?.SyntaxTree.FilePath
        where declaration is not null && declaration != tree.FilePath
        group use by (File: declaration, use.Type.Name) into sameSymbol
        let first = sameSymbol.First()
        select new SourceUse(
            tree.FilePath, first.Node.GetLocation().GetLineSpan().StartLinePosition.Line + 1, sameSymbol.Key.File, sameSymbol.Key.Name);

    private IEnumerable<(SyntaxNode Node, INamedTypeSymbol Type)> SymbolsOf(SyntaxTree tree)
    {
        var model = Compilation.GetSemanticModel(tree);
        return
            from node in tree.GetRoot().DescendantNodes(node => node is not UsingDirectiveSyntax)
            where CanUse(node)
            let info = model.GetSymbolInfo(node)
            let symbol = info.Symbol ?? info.CandidateSymbols.FirstOrDefault()
            let type = DeclaringType(symbol)
            where type is not null
            select (node, type);
    }

    private static bool CanUse(SyntaxNode node) =>
        node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ElementAccessExpressionSyntax
        or BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or CastExpressionSyntax
        or ConstructorInitializerSyntax
        or AttributeSyntax;

    private static INamedTypeSymbol? DeclaringType(ISymbol? symbol) => symbol switch
    {
        null or INamespaceSymbol => null,
        INamedTypeSymbol type => Outermost(type),
        IMethodSymbol method => Outermost((method.ReducedFrom ?? method).ContainingType),
        _ => Outermost(symbol.ContainingType),
    };

    private static INamedTypeSymbol? Outermost(INamedTypeSymbol? type)
    {
        while (type?.ContainingType is { } outer)
            type = outer;
        return type?.OriginalDefinition;
    }
}

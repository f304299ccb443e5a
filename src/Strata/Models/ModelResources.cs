namespace Strata.Models;

/// <summary>The data files of this folder, embedded.</summary>
internal static class ModelResources
{
    public static byte[] Read(string name)
    {
        using var stream = typeof(ModelResources).Assembly.GetManifestResourceStream("Models/" + name)
            ?? throw new InvalidOperationException($"The resource Models/{name} is missing from the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}

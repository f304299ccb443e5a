namespace Strata.Hosting.Tests.Support;

internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-hosting-");

    public string Path => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);
}

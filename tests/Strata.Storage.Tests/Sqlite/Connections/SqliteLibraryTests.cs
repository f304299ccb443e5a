using System.Reflection;
using Npgsql;
using static SQLitePCL.raw;

namespace Strata.Storage.Tests.Sqlite.Connections;

/// <summary>
/// Which libraries are shipped. The registry may serve no advisories, so that the audit of packages alone would not notice an old one.
/// </summary>
public sealed class SqliteLibraryTests
{
    [Fact]
    public void SqliteVersion_OfTheNativeLibrary_IsNotOld()
    {
        SQLitePCL.Batteries_V2.Init();
        Version.Parse(sqlite3_libversion().utf8_to_string()).ShouldBeGreaterThanOrEqualTo(new Version(3, 50));
    }

    [Fact]
    public void AssemblyVersions_OfTheDrivers_AreThoseOfThePackages()
    {
        VersionOf(typeof(SQLitePCL.raw)).ShouldBeGreaterThanOrEqualTo(new Version(3, 0, 5));
        VersionOf(typeof(NpgsqlConnection)).ShouldBeGreaterThanOrEqualTo(new Version(10, 0, 3));
    }

    [Fact]
    public void NativeLibraries_InTheOutput_AreThoseOfPlatformsThatRunStrata()
    {
        var platforms = Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "runtimes")).Select(Path.GetFileName).ToList();
        platforms.ShouldBeSubsetOf(
            ["win-x64", "win-x86", "win-arm64", "win", "osx-x64", "osx-arm64", "linux-x64", "linux-arm64", "linux-arm", "linux-musl-x64",
                "linux-musl-arm64",
                "linux-musl-arm", "linux-s390x", "linux-ppc64le"]);
        foreach (var common in (string[])["win-x64", "win-arm64", "osx-arm64", "linux-x64", "linux-arm64", "linux-musl-x64"])
            platforms.ShouldContain(common);
    }

    private static Version VersionOf(Type type) =>
        Version.Parse(type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', '-')[0]);
}

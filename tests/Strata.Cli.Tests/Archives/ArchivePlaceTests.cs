using Strata.Cli.Archives;

namespace Strata.Cli.Tests.Archives;

public sealed class ArchivePlaceTests
{
    [Theory]
    [InlineData("postgres://ada:s3cret@db.example:5432/strata?password=other", "postgres://ada@db.example:5432/strata")]
    [InlineData("postgresql://db/strata", "postgresql://db/strata")]
    [InlineData("postgres://ada@db", "postgres://ada@db")]
    [InlineData("postgres://ada:s3cret/x@db/strata", "postgres://…")]
    public void Choose_AddressWithAPassword_ShowsNone(string address, string expected)
    {
        var place = ArchivePlace.Choose(address, TerminalWith());

        place.IsServer.ShouldBeTrue();
        place.Address.ShouldBe(address);
        place.Name.ShouldBe(expected);
        place.Hint.ShouldBe(" --archive " + expected);
    }

    [Fact]
    public void Choose_NothingTyped_TakesTheEnvironmentThenTheDataFolder()
    {
        using var set = TerminalWith(("STRATA_ARCHIVE", "/srv/strata/own.db"), ("XDG_DATA_HOME", "/home/ada/data"), ("HOME", "/home/ada"));
        using var data = TerminalWith(("XDG_DATA_HOME", "/home/ada/data"), ("HOME", "/home/ada"));
        using var home = TerminalWith(("HOME", "/home/ada"), ("XDG_DATA_HOME", "relative"), ("LOCALAPPDATA", "/home/ada/.local/share"));

        ArchivePlace.Choose(null, set).ShouldBe(new ArchivePlace(Path.GetFullPath("/srv/strata/own.db"), Path.GetFullPath("/srv/strata/own.db"), ""));
        ArchivePlace.Choose(null, data).Address.ShouldBe(Path.GetFullPath("/home/ada/data/strata/archive.db"));
        ArchivePlace.Choose(null, home).Address.ShouldBe(Path.GetFullPath("/home/ada/.local/share/strata/archive.db"));
    }

    [Fact]
    public void Choose_NoFolder_SaysHowToNameOne()
    {
        using var bare = TerminalWith();

        Should.Throw<CliException>(() => ArchivePlace.Choose(null, bare)).Message.ShouldContain("--archive PATH or STRATA_ARCHIVE");
    }

    [Fact]
    public void Choose_Directory_IsRefused()
    {
        using var bare = TerminalWith();

        Should.Throw<CliException>(() => ArchivePlace.Choose(AppContext.BaseDirectory, bare)).Message.ShouldContain("is a directory");
    }

    private static Terminal TerminalWith(params (string Name, string Value)[] variables) =>
        new(() => Stream.Null, Stream.Null, TextWriter.Null) { Environment = name => variables.FirstOrDefault(variable => variable.Name == name).Value };
}

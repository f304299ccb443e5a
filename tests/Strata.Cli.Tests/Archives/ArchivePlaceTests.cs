using Strata.Cli.Archives;

namespace Strata.Cli.Tests.Archives;

public sealed class ArchivePlaceTests
{
    [Theory]
    [InlineData("postgres://ada:s3c%3Bret@db.example:5433/strata?sslmode=require",
        "Host=db.example;Port=5433;Username=ada;Password=\"s3c;ret\";Database=strata;sslmode=require",
        "postgres://ada@db.example:5433/strata")]
    [InlineData("postgresql://db/strata", "Host=db;Database=strata", "postgres://db/strata")]
    [InlineData("Host=db;Username=ada;Password=s3cret", "Host=db;Username=ada;Password=s3cret", "postgres://ada@db")]
    public void Choose_AddressWithAPassword_ShowsNone(string address, string connection, string name)
    {
        using var bare = TerminalWith();
        ArchivePlace.Choose(address, bare).ShouldBe(new ArchivePlace(connection, name, " --archive " + name, IsServer: true));
    }

    [Theory]
    [InlineData("postgres://ada:s3cret/x@db/strata")]
    [InlineData("Host=db;Password='s3cret")]
    public void Choose_AddressThatCannotBeRead_IsNotRepeated(string address)
    {
        using var bare = TerminalWith();
        var failure = Should.Throw<CliException>(() => ArchivePlace.Choose(address, bare));
        failure.ToString().ShouldNotContain("s3cret");
        failure.Message.ShouldContain("PGPASSWORD");
    }

    [Fact]
    public void Choose_NothingTyped_TakesTheEnvironmentThenTheDataFolder()
    {
        using var set = TerminalWith(("STRATA_ARCHIVE", "/srv/strata/own.db"), ("XDG_DATA_HOME", "/home/ada/data"), ("HOME", "/home/ada"));
        using var data = TerminalWith(("XDG_DATA_HOME", "/home/ada/data"), ("HOME", "/home/ada"));
        using var home = TerminalWith(("HOME", "/home/ada"), ("XDG_DATA_HOME", "relative"), ("LOCALAPPDATA", "/home/ada/.local/share"));

        ArchivePlace.Choose(null, set)
            .ShouldBe(new ArchivePlace(Path.GetFullPath("/srv/strata/own.db"), Path.GetFullPath("/srv/strata/own.db"), ""));
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
        new(() => Stream.Null, Stream.Null,
            TextWriter.Null) { Environment = name => variables.FirstOrDefault(variable => variable.Name == name).Value };
}

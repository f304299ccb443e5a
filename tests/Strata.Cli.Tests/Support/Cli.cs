using System.Text;
using Microsoft.Extensions.Time.Testing;
using Strata.Archives;
using Strata.Cli.Archives;

namespace Strata.Cli.Tests.Support;

/// <summary>Runs the command in this process, in a folder of its own.</summary>
internal sealed class Cli : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("strata-cli-");

    /// <summary>Columns of the pretended terminal; null: output goes to a pipe.</summary>
    public int? Width { get; init; }

    public bool Colours { get; init; }

    /// <summary>Whether the pretended terminal can be redrawn.</summary>
    public bool CanRedraw { get; init; }

    /// <summary>
    /// Environment variables; the process's own are not seen. The home folder, and with it the archive, is in the folder.
    /// </summary>
    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    /// <summary>Where an archive is when nobody names one.</summary>
    public string DefaultArchive => Path.Combine(Home, ".local", "share", "strata", "archive.db");

    /// <summary>Opens archives; null: as the command does.</summary>
    public Func<ArchiveRequest, CancellationToken, ValueTask<IArchive>>? OpenArchive { get; set; }

    /// <summary>How far the stopped clock stands from noon.</summary>
    public TimeSpan Later { get; set; }

    private string Home => Path.Combine(_folder.FullName, "home");

    /// <summary>Where a test presses Ctrl-C.</summary>
    public Interrupts Interrupts { get; } = new();

    /// <summary>What stands on standard input.</summary>
    public byte[] Input { get; set; } = [];

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public Task<byte[]> ReadAsync(string name) => File.ReadAllBytesAsync(PathOf(name), TestContext.Current.CancellationToken);

    /// <summary>A sample session; eight turns have about 12 000 tokens.</summary>
    public string Session(int turns = 8, string name = "session.jsonl", string? model = "claude-opus-4-5") =>
        Write(name, SampleSession.OfTurns(turns, model));

    /// <summary>Names of the files in the folder, sorted.</summary>
    public IReadOnlyList<string> Files() => [.. _folder.EnumerateFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public Task<CliResult> RunAsync(params string[] args) => RunAsync(TestContext.Current.CancellationToken, args);

    public async Task<CliResult> RunAsync(CancellationToken cancellationToken, params string[] args)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();
        using var terminal = new Terminal(() => new MemoryStream(Input), output, error)
        {
            Width = Width,
            ErrorWidth = Width,
            Colours = Colours,
            Time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero) + Later),
            CanRedraw = CanRedraw,
            Environment = name => Variables.GetValueOrDefault(name)
                ?? (name is "HOME" ? Home : name is "XDG_DATA_HOME" ? Path.Combine(Home, ".local", "share") : null),
            OpenArchive = OpenArchive ?? ArchiveOpener.OpenAsync,
            Folder = _folder.FullName,
            Interrupts = Interrupts,
        };
        var exitCode = await CommandLine.RunAsync(args, terminal, cancellationToken);
        var bytes = output.ToArray();
        return new CliResult(exitCode, bytes, Anonymous(Encoding.UTF8.GetString(bytes)), Anonymous(error.ToString()));
    }

    public void Dispose()
    {
        Interrupts.Dispose();
        _folder.Delete(recursive: true);
    }

    private string Anonymous(string text) =>
        text.Replace(_folder.FullName + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
            .Replace(_folder.FullName, "FOLDER", StringComparison.Ordinal);
}

/// <summary>What a run came to; paths are those inside its folder.</summary>
internal sealed record CliResult(int ExitCode, byte[] Bytes, string Output, string Error)
{
    /// <summary>Fails with what was printed when the run did not end as it should.</summary>
    public CliResult ShouldExitWith(int exitCode)
    {
        ExitCode.ShouldBe(exitCode, Output + Error);
        return this;
    }
}

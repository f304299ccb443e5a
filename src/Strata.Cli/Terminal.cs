using System.Text;
using Strata.Archives;
using Strata.Cli.Archives;

namespace Strata.Cli;

/// <summary>The outside world of a command: streams, what is known about the terminal, the clock.</summary>
internal sealed class Terminal : IDisposable
{
    /// <summary>The variable that names the folder of the user's data.</summary>
    public const string DataVariable = "XDG_DATA_HOME";

    private readonly Lazy<TextWriter> _text;
    private readonly Lazy<Stream> _input;

    public Terminal(Func<Stream> input, Stream output, TextWriter error)
    {
        ArgumentNullException.ThrowIfNull(output);
        _input = new Lazy<Stream>(input);
        Output = output;
        Error = error;
        Error.NewLine = "\n";
        _text = new Lazy<TextWriter>(() => new StreamWriter(output, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" });
    }

    /// <summary>Standard input.</summary>
    public Stream Input => _input.Value;

    /// <summary>Standard output, for data that is bytes.</summary>
    public Stream Output { get; }

    /// <summary>Standard output, for data that is text.</summary>
    public TextWriter Text => _text.Value;

    /// <summary>Standard error: everything that is not the data that was asked for.</summary>
    public TextWriter Error { get; }

    /// <summary>
    /// Columns of the terminal that standard output goes to; null when it goes to a file or a pipe: nothing is cut or wrapped then.
    /// </summary>
    public int? Width { get; init; }

    /// <summary>Columns of the terminal that standard error goes to; null when it goes elsewhere.</summary>
    public int? ErrorWidth { get; init; }

    /// <summary>Whether a terminal may be sent colours.</summary>
    public bool Colours { get; init; }

    /// <summary>Whether lines of standard error can be written over.</summary>
    public bool CanRedraw { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads an environment variable.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;

    /// <summary>The folder of the user's data; null where none is known.</summary>
    public string? DataFolder
    {
        get
        {
            var data = Environment(DataVariable) is { Length: > 0 } set && Path.IsPathFullyQualified(set) ? set
                : Environment("HOME") is { Length: > 0 } home && !OperatingSystem.IsWindows() ? Path.Combine(home, ".local", "share")
                : Environment("LOCALAPPDATA");
            return string.IsNullOrEmpty(data) ? null : data;
        }
    }

    /// <summary>Where a <c>strata.yml</c> is looked for.</summary>
    public string Folder { get; init; } = Directory.GetCurrentDirectory();

    public Interrupts Interrupts { get; init; } = new();

    /// <summary>Opens an archive; tests put one that fails in its place.</summary>
    public Func<ArchiveRequest, CancellationToken, ValueTask<IArchive>> OpenArchive { get; init; } = ArchiveOpener.OpenAsync;

    /// <summary>The process's own terminal.</summary>
    public static Terminal OfProcess()
    {
        if (OperatingSystem.IsWindows())
            Console.OutputEncoding = Encoding.UTF8;
        var isDumb = string.Equals(System.Environment.GetEnvironmentVariable("TERM"), "dumb", StringComparison.Ordinal);
        return new Terminal(Console.OpenStandardInput, Console.OpenStandardOutput(), Console.Error)
        {
            Width = Console.IsOutputRedirected ? null : WindowWidth(),
            ErrorWidth = Console.IsErrorRedirected ? null : WindowWidth(),
            Colours = string.IsNullOrEmpty(System.Environment.GetEnvironmentVariable("NO_COLOR")) && !isDumb,
            CanRedraw = !Console.IsErrorRedirected && !isDumb,
        };
    }

    /// <summary>Sends on what is still buffered. A reader that has gone away (<c>| head</c>) is no error.</summary>
    public void Flush()
    {
        try
        {
            if (_text.IsValueCreated)
                _text.Value.Flush();
            Output.Flush();
            Error.Flush();
        }
        catch (IOException e) when (IsBrokenPipe(e))
        {
            // Whoever read this has seen enough.
        }
    }

    public static bool IsBrokenPipe(IOException failure) =>
        failure.HResult is 32 or unchecked((int)0x8007006D) or unchecked((int)0x800700E8);

    public void Dispose() => Flush();

    private static int WindowWidth()
    {
        try
        {
            return Math.Max(Console.WindowWidth, 40);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}

using System.Text;
using Spectre.Console;

namespace Strata.Cli.Output;

/// <summary>
/// What a person reads. On a terminal lines are cut to its width; into a pipe they are as long as they are, without colours.
/// </summary>
internal sealed class Screen : IDisposable
{
    // Wider than any line, so that nothing is wrapped on its way into a pipe.
    private const int Unlimited = 100_000;

    private readonly IAnsiConsole _console;
    private readonly LineTrimmer _writer;

    private Screen(TextWriter writer, int? width, bool colours)
    {
        _writer = new LineTrimmer(writer);
        Width = width;
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colours ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colours ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(_writer),
        });
        _console.Profile.Width = width ?? Unlimited;
        _console.Profile.Capabilities.Unicode = true;
    }

    /// <summary>Columns; null where nothing limits them.</summary>
    public int? Width { get; }

    public static Screen Output(Terminal terminal) => new(terminal.Text, terminal.Width, terminal.Colours && terminal.Width is not null);

    public static Screen Error(Terminal terminal) =>
        new(terminal.Error, terminal.ErrorWidth, terminal.Colours && terminal.ErrorWidth is not null);

    /// <summary>A line of markup: text of others goes through <see cref="Escape"/> first.</summary>
    public void Line(string markup = "") => _console.MarkupLine(markup);

    /// <summary>A line that holds a path or a command: it is not broken, so that it can be copied.</summary>
    public void Whole(string markup)
    {
        _console.Profile.Width = Unlimited;
        Line(markup);
        _console.Profile.Width = Width ?? Unlimited;
    }

    public void Heading(string text) => Line($"[bold]{Escape(text)}[/]");

    public void Write(Columns columns)
    {
        // Ids stay whole where not even they fit: better broken by the terminal, which copies them as one.
        if (columns.HasIds)
            _console.Profile.Width = Unlimited;
        _console.Write(columns.ToTable(Width));
        _console.Profile.Width = Width ?? Unlimited;
    }

    public static string Escape(string text) => Markup.Escape(Printable(text));

    /// <summary>One line without control characters: text from a session must not move the cursor.</summary>
    public static string Printable(string text)
    {
        var printable = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsControl(c) && c is not ('\u2028' or '\u2029' or (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069')))
                printable.Append(c);
            else if (printable.Length > 0 && printable[^1] != ' ')
                printable.Append(' ');
        }

        return printable.ToString().TrimEnd();
    }

    public void Dispose() => _writer.Flush();
}

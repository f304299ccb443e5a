using System.Text;

namespace Strata.Cli.Output;

/// <summary>Takes the spaces off the ends of lines that tables are padded with.</summary>
internal sealed class LineTrimmer(TextWriter inner) : TextWriter
{
    private int _spaces;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value)
    {
        switch (value)
        {
            case ' ':
                _spaces++;
                return;
            case '\r':
                return;
            case '\n':
                _spaces = 0;
                break;
            default:
                for (; _spaces > 0; _spaces--)
                    inner.Write(' ');
                break;
        }

        inner.Write(value);
    }

    public override void Flush() => inner.Flush();
}

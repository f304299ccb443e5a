using System.Text;

namespace Strata.Cli.Files;

/// <summary>Plain text from a file or from standard input.</summary>
internal static class TextFile
{
    public static async ValueTask<string> ReadAsync(string file, Terminal terminal, CancellationToken cancellationToken)
    {
        var stream = file == SessionFile.Standard ? terminal.Input : InputFile.Open(file);
        await using (stream.ConfigureAwait(false))
        {
            try
            {
                using var reader = new StreamReader(stream, new UTF8Encoding(false), detectEncodingFromByteOrderMarks: true);
                return await reader.ReadToEndAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new CliException($"{file} cannot be read: {e.Message}", innerException: e);
            }
        }
    }
}

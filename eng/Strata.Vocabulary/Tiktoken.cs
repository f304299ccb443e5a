using System.Globalization;

namespace Strata.Vocabulary;

/// <summary>Reads a <c>*.tiktoken</c> file: one line a token, its bytes in base64, a space and its rank.</summary>
internal static class Tiktoken
{
    /// <returns>The bytes of every token; the index is the rank.</returns>
    public static byte[][] Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        var tokens = new byte[lines.Length][];
        for (int rank = 0; rank < lines.Length; rank++)
        {
            string[] parts = lines[rank].Split(' ');
            if (int.Parse(parts[1], CultureInfo.InvariantCulture) != rank)
                throw new InvalidDataException($"{path}, line {rank + 1}: ranks must be contiguous from 0");
            tokens[rank] = Convert.FromBase64String(parts[0]);
        }

        return tokens;
    }
}

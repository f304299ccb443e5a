using Strata.Vocabulary;

if (args is not [var input, var output])
{
    Console.Error.WriteLine("usage: Strata.Vocabulary FOLDER-WITH-TIKTOKEN-FILES OUTPUT-FOLDER");
    return 2;
}

foreach (string path in Directory.EnumerateFiles(input, "*.tiktoken").Order(StringComparer.Ordinal))
{
    byte[] table = MergeTableWriter.Write(Tiktoken.Read(path));
    string target = Path.Combine(output, Path.GetFileNameWithoutExtension(path) + ".merges");
    File.WriteAllBytes(target, table);
    Console.WriteLine($"{target}: {table.Length} bytes");
}

string classes = Path.Combine(output, "unicode.classes");
File.WriteAllBytes(classes, UnicodeClasses.Pack());
Console.WriteLine($"{classes}: {new FileInfo(classes).Length} bytes");
return 0;

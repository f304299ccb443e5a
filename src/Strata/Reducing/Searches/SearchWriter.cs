using System.Globalization;
using System.Text;
using Strata.Text;

namespace Strata.Reducing.Searches;

/// <summary>Chooses the hits that fit and writes them under their files.</summary>
internal sealed class SearchWriter
{
    private const int MostFiles = 60;
    private const int MostFolders = 20;
    private const int Depths = 6;
    private const int MostNumbers = 6;

    // A file alone in its folder is odd while at most one of five is.
    private const int SeldomShare = 5;
    private const int LongestText = 200;

    // "… 1,234 more: 120, 131 …; 40 lines around" and a count behind the path.
    private const int NoteChars = 36;
    private const int FolderNoteChars = 60;
    private const int CountChars = 12;

    private readonly SearchOutput _search;
    private readonly int[] _ranks;
    private readonly bool[] _taken;
    private readonly bool[] _listed;
    private readonly int[] _hitsOfFile;
    private readonly StringBuilder _written = new();
    private long _spent;

    public SearchWriter(SearchOutput search, int[] ranks)
    {
        _search = search;
        _ranks = ranks;
        _taken = new bool[ranks.Length];
        var files = Math.Max(1, search.Files.Count);
        _listed = new bool[files];
        _hitsOfFile = new int[files];
        foreach (var hit in search.Hits)
            _hitsOfFile[hit.File] += hit.IsContext ? 0 : 1;
    }

    /// <summary>Whether the line is one that only this class writes: such a text was reduced before.</summary>
    public static bool IsNote(ReadOnlySpan<char> line) =>
        line.StartsWith("… ", StringComparison.Ordinal) || line.EndsWith(": 1 hit", StringComparison.Ordinal)
        || line.Contains(": 1 hit: ", StringComparison.Ordinal) || line.Contains(" hits: ", StringComparison.Ordinal)
        || (line.EndsWith(" hits", StringComparison.Ordinal) && line.LastIndexOf(": ", StringComparison.Ordinal) > 0);

    /// <summary>Sure hits as far as <paramref name="maxChars"/> goes, the others as far as <paramref name="wanted"/>.</summary>
    public string? Write(int wanted, int maxChars)
    {
        _spent = NoteChars + _search.Remarks.Sum(line => (long)_search.Lines[line].Length + 1);
        for (var i = 0; i < _ranks.Length; i++)
        {
            if (_ranks[i] == SearchRanking.Sure)
                Take(i, maxChars);
        }

        ListFiles(wanted, maxChars);
        foreach (var i in InOrder())
            Take(i, wanted);
        if (Array.IndexOf(_taken, true) < 0)
            return null;
        WriteAll(maxChars);
        _written.Length--;
        return _written.ToString();
    }

    private IEnumerable<int> InOrder()
    {
        var nth = new int[_hitsOfFile.Length];
        var keys = new List<long>();
        for (var i = 0; i < _ranks.Length; i++)
        {
            if (_ranks[i] is > SearchRanking.Sure and < SearchRanking.Repeated)
                keys.Add(((long)_ranks[i] << 56) | ((long)Math.Min(nth[_search.Hits[i].File]++, 0xFFFF) << 40) | (uint)i);
        }

        keys.Sort();
        return keys.Select(key => (int)(key & uint.MaxValue));
    }

    // Every file is named while that leaves room for what was found; else those whose folder or ending is seldom first.
    private void ListFiles(int wanted, int maxChars)
    {
        var folders = _search.Files.CountBy(Folder).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        var listed = 0;
        var areAloneSeldom = folders.Values.Count(count => count == 1) * SeldomShare <= _search.Files.Count;
        foreach (var alone in (ReadOnlySpan<bool>)[true, false])
        {
            for (var f = 0; f < _search.Files.Count && listed < MostFiles; f++)
            {
                if (_listed[f] || (folders[Folder(_search.Files[f])] == 1) != alone)
                    continue;
                var cost = _search.Files[f].Length + CountChars + NoteChars;
                if (_spent + cost > Math.Min(maxChars, alone && areAloneSeldom ? wanted : wanted * 2L / 3))
                    break;
                _listed[f] = true;
                _spent += cost;
                listed++;
            }
        }

        // What says how many files are not named.
        _spent += _listed.Contains(false) ? FolderNoteChars : 0;
    }

    private void Take(int i, long room)
    {
        var hit = _search.Hits[i];
        var cost = Math.Min(_search.Lines[hit.Line].Length - hit.TextStart, LongestText) + CountChars;
        if (!_listed[hit.File])
            cost += (_search.Files.Count == 0 ? 0 : _search.Files[hit.File].Length) + CountChars + NoteChars;
        if (_taken[i] || _spent + cost > room)
            return;
        _taken[i] = _listed[hit.File] = true;
        _spent += cost;
    }

    private void WriteAll(int maxChars)
    {
        var first = _search.Hits[0].Line;
        WriteRemarks(line => line < first);
        var byFile = new List<int>[_listed.Length];
        for (var i = 0; i < _ranks.Length; i++)
            (byFile[_search.Hits[i].File] ??= []).Add(i);
        for (var f = 0; f < byFile.Length; f++)
        {
            if (_listed[f] && byFile[f] is { } hits)
                WriteFile(f, hits);
        }

        WriteFolders(maxChars);
        WriteRemarks(line => line >= first);
    }

    private void WriteRemarks(Func<int, bool> concerns)
    {
        foreach (var line in _search.Remarks.Where(concerns))
            _written.Append(_search.Lines[line]).Append('\n');
    }

    private void WriteFile(int file, List<int> hits)
    {
        var isNamed = _search.Files.Count > 0;
        if (isNamed)
            _written.Append(
                CultureInfo.InvariantCulture, $"{_search.Files[file]}: {_hitsOfFile[file]:N0} {(_hitsOfFile[file] == 1 ? "hit" : "hits")}");
        var isAnyTaken = hits.Exists(hit => _taken[hit]);
        if (isNamed && isAnyTaken)
            _written.Append('\n');
        var more = 0;
        var around = 0;
        var numbers = new List<int>();
        foreach (var i in hits)
        {
            var hit = _search.Hits[i];
            if (_taken[i])
            {
                WriteHit(hit);
                continue;
            }

            more += hit.IsContext ? 0 : 1;
            around += hit.IsContext ? 1 : 0;
            if (!hit.IsContext && hit.Number > 0 && numbers.Count <= MostNumbers)
                numbers.Add(hit.Number);
        }

        WriteRest(more, around, numbers, isNamed && !isAnyTaken ? "" : string.Create(CultureInfo.InvariantCulture, $"… {more:N0} more"));
    }

    private void WriteHit(SearchLine hit)
    {
        if (hit.Number > 0)
            _written.Append(CultureInfo.InvariantCulture, $"{hit.Number}{(hit.IsContext ? '-' : ':')}");
        var text = _search.Lines[hit.Line][hit.TextStart..].Trim();
        if (text.Length > LongestText)
            _written.Append(text[..TextCut.Before(text, LongestText)]).Append(" …");
        else
            _written.Append(text);
        _written.Append('\n');
    }

    /// <param name="more">Hits that are left out.</param>
    /// <param name="around">Lines around hits that are left out.</param>
    /// <param name="numbers">Where the first of these hits stand.</param>
    /// <param name="note">Says how many; empty where the line above says it.</param>
    private void WriteRest(int more, int around, List<int> numbers, string note)
    {
        if (more > 0)
        {
            _written.Append(note);
            if (numbers.Count > 0)
                _written.Append(": ").AppendJoin(", ", numbers.Take(MostNumbers)).Append(numbers.Count > MostNumbers ? " …" : "");
        }

        if (around > 0)
            _written.Append(more > 0 ? "; " : "… ")
                .Append(CultureInfo.InvariantCulture, $"{around:N0} {(around == 1 ? "line" : "lines")} around");
        if (more + around > 0)
            _written.Append('\n');
    }

    // The folders one level up stand for many: as many as there is room for.
    private void WriteFolders(int maxChars)
    {
        var rest = Enumerable.Range(0, _search.Files.Count).Where(file => !_listed[file]).ToList();
        if (rest.Count == 0)
            return;
        var most = Math.Min(MostFolders, Math.Max(1, (maxChars - _written.Length) / FolderNoteChars));
        var folders = rest.GroupBy(file => Folder(_search.Files[file]), StringComparer.Ordinal).ToList();
        for (var depth = Depths; folders.Count > most && depth >= 0; depth--)
            folders = [.. rest.GroupBy(file => Folder(_search.Files[file], depth), StringComparer.Ordinal)];
        foreach (var folder in folders)
        {
            var files = folder.Count();
            var hits = folder.Sum(file => _hitsOfFile[file]);
            _written.Append(CultureInfo.InvariantCulture,
                $"… {hits:N0} {(hits == 1 ? "hit" : "hits")} in {files:N0} more {(files == 1 ? "file" : "files")}");
            _written.Append(folder.Key.Length == 0 ? "\n" : $" of {folder.Key}\n");
        }
    }

    private static string Folder(string path, int depth)
    {
        var end = 0;
        for (; depth > 0; depth--)
        {
            var next = path.AsSpan(end).IndexOfAny('/', '\\');
            if (next < 0)
                break;
            end += next + 1;
        }

        return path[..end];
    }

    private static string Folder(string path) => path[..(path.LastIndexOfAny(['/', '\\']) + 1)];
}

using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Rows;

/// <summary>One column of a table: where its cells stand in the text, and what is usual in it.</summary>
internal sealed class TableColumn(string text, string name)
{
    // More values than this are no categories.
    private const int MostCategories = 24;
    private const int ShownCategories = 8;

    // Enough to find the quartiles of any number of values.
    private const int Sampled = 999;

    private readonly List<(int Row, int Start, int Length)> _cells = [];
    private readonly Dictionary<ulong, (int Count, int First)> _values = [];
    private readonly Dictionary<ulong, int> _shapes = [];
    private int _nulls;
    private int _numbers;
    private int _dates;
    private int _failures;
    private double _least = double.MaxValue;
    private double _most = double.MinValue;
    private int _leastCell;
    private int _mostCell;
    private (double Low, double High) _usual;

    public string Name { get; } = name;

    public int Count => _cells.Count;

    public void Add(int row, int start, int length)
    {
        // The last of two members with one name is what a reader of the JSON gets.
        if (_cells.Count > 0 && _cells[^1].Row == row)
            return;
        _cells.Add((row, start, length));
        var cell = text.AsSpan(start, length);
        if (IsNull(cell))
        {
            _nulls++;
            return;
        }

        if (IsNumber(cell, out var number))
        {
            _numbers++;
            if (number < _least)
                (_least, _leastCell) = (number, _cells.Count - 1);
            if (number > _most)
                (_most, _mostCell) = (number, _cells.Count - 1);
        }
        else if (IsDate(cell))
        {
            _dates++;
            if (_dates == 1 || cell.CompareTo(CellAt(_leastCell), StringComparison.Ordinal) < 0)
                _leastCell = _cells.Count - 1;
            if (_dates == 1 || cell.CompareTo(CellAt(_mostCell), StringComparison.Ordinal) > 0)
                _mostCell = _cells.Count - 1;
        }
        else if (IsFailure(cell))
        {
            _failures++;
        }

        if (_values.Count <= MostCategories)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_values, Hash(cell), out var exists);
            known = exists ? (known.Count + 1, known.First) : (1, _cells.Count - 1);
        }

        if (_shapes.Count <= MostCategories)
            CollectionsMarshal.GetValueRefOrAddDefault(_shapes, Shape(cell), out _)++;
    }

    public ReadOnlySpan<char> CellOf(int row)
    {
        int low = 0, high = _cells.Count - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_cells[middle].Row == row)
                return text.AsSpan(_cells[middle].Start, _cells[middle].Length);
            (low, high) = _cells[middle].Row < row ? (middle + 1, high) : (low, middle - 1);
        }

        return [];
    }

    /// <summary>Whether every row has the same value.</summary>
    public bool IsConstant(int rows) => _cells.Count == rows && ((_values.Count == 1 && _nulls == 0) || _nulls == rows);

    public ReadOnlySpan<char> First => CellAt(0);

    /// <summary>
    /// Marks the rows whose value here is unusual: a failure, a rare value, a number far off, a value where others have none.
    /// </summary>
    public void Mark(int rows, LineRank[] marks)
    {
        if (rows < 8)
            return;
        var few = Math.Max(1, rows / 20);
        FindUsual();
        var values = _cells.Count - _nulls;
        // Few of many are the exception; where a quarter fails, failing is a category and counted.
        var showFailures = _failures > 0 && _failures * 4 <= rows;
        var showNulls = rows - values <= few;
        var showValues = values <= few;
        var rareValues = RareLimit(_values.Values.Select(value => value.Count), values);
        var rareShapes = _values.Count > MostCategories ? RareLimit(_shapes.Values, values) : 0;
        var before = -1;
        foreach (var (row, start, length) in _cells)
        {
            for (var missing = before + 1; showNulls && missing < row; missing++)
                Raise(marks, missing, LineRank.Detail);
            before = row;
            var cell = text.AsSpan(start, length);
            if (IsNull(cell))
            {
                if (showNulls)
                    Raise(marks, row, LineRank.Detail);
                continue;
            }

            if (showFailures && IsFailure(cell))
                Raise(marks, row, LineRank.Verdict);
            else if (showValues || (IsNumber(cell, out var number) && (number < _usual.Low || number > _usual.High)))
                Raise(marks, row, LineRank.Detail);
            else if (rareValues > 0 && _values.Count <= MostCategories && _values.TryGetValue(Hash(cell), out var known)
                && known.Count <= rareValues)
                Raise(marks, row, LineRank.Detail);
            else if (rareShapes > 0 && _shapes.Count <= MostCategories && _shapes.TryGetValue(Shape(cell), out var alike)
                && alike <= rareShapes)
                Raise(marks, row, LineRank.Detail);
        }

        for (var missing = before + 1; showNulls && missing < rows; missing++)
            Raise(marks, missing, LineRank.Detail);
    }

    /// <summary>What its values are like: range, categories, how many rows have none; null when there is nothing to say.</summary>
    public string? Description(int rows, int cellChars)
    {
        var written = new StringBuilder();
        var values = _cells.Count - _nulls;
        if (values > 0 && _values.Count <= ShownCategories && (_values.Count * 2 <= values || values <= 2))
        {
            var separator = ": ";
            foreach (var (count, first) in _values.Values.OrderByDescending(value => value.Count).ThenBy(value => value.First))
            {
                written.Append(separator);
                TableText.Cell(written, CellAt(first), Math.Min(cellChars, 60));
                written.Append(CultureInfo.InvariantCulture, $" ×{count}");
                separator = ", ";
            }
        }
        else if (values > 0 && (_numbers == values || _dates == values))
        {
            written.Append(' ').Append(CellAt(_leastCell).Trim('"')).Append('…').Append(CellAt(_mostCell).Trim('"'));
        }

        // Where most have none, the categories above say how many have one.
        if (rows - values is > 0 and var none && (written.Length == 0 || none * 2 < rows))
            written.Append(CultureInfo.InvariantCulture, $" ({none} none)");
        return written.Length == 0 ? null : written.ToString();
    }

    // Tukey's far fences on the quartiles of an even sample: robust against the outliers themselves.
    private void FindUsual()
    {
        _usual = (double.MinValue, double.MaxValue);
        if (_numbers < 8 || _numbers * 2 < _cells.Count - _nulls)
            return;
        var sample = new List<double>(Sampled + 1);
        var step = Math.Max(1, _cells.Count / Sampled);
        for (var i = 0; i < _cells.Count; i += step)
        {
            if (IsNumber(CellAt(i), out var number))
                sample.Add(number);
        }

        sample.Sort();
        var (low, high) = (sample[sample.Count / 4], sample[sample.Count * 3 / 4]);
        var spread = high - low;
        // Where most are equal, the rare values are found as such.
        if (spread > 0)
            _usual = (low - (3 * spread), high + (3 * spread));
    }

    // Values that few rows have, if they are few together.
    private static int RareLimit(IEnumerable<int> counts, int values)
    {
        var limit = Math.Max(1, values / 50);
        int rare = 0, kinds = 0;
        foreach (var count in counts)
        {
            kinds++;
            rare += count <= limit ? count : 0;
        }

        return kinds > 1 && rare > 0 && rare * 10 <= values ? limit : 0;
    }

    private static void Raise(LineRank[] marks, int row, LineRank rank)
    {
        if (marks[row] == LineRank.LeftOut || rank < marks[row])
            marks[row] = rank;
    }

    // A message or a name of an error; a lone "timeout" in a column of labels is a label.
    private static bool IsFailure(ReadOnlySpan<char> cell) =>
        cell[0] is not ('[' or '{') && !IsNumber(cell, out _) && (cell.Count(' ') >= 2 || cell.ContainsAnyInRange('A', 'Z'))
            && FailureWords.IsFailure(cell);

    private static bool IsNull(ReadOnlySpan<char> cell) =>
        cell is "null" or "" or "\"\"" or "[]" or "{}" or "-" or "<none>" or "NULL" or "None" or "NaN" or "N/A";

    private static bool IsNumber(ReadOnlySpan<char> cell, out double number)
    {
        cell = cell.Trim('"');
        number = 0;
        return cell.Length is > 0 and < 40 && (char.IsAsciiDigit(cell[0]) || cell[0] is '-' or '.')
            && double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private ReadOnlySpan<char> CellAt(int index) => text.AsSpan(_cells[index].Start, _cells[index].Length);

    // "2026-03-01…", which sorts as text.
    private static bool IsDate(ReadOnlySpan<char> cell)
    {
        var date = cell.Trim('"');
        return date.Length is >= 10 and <= 35 && date[4] == '-' && date[7] == '-' && !date[..4].ContainsAnyExceptInRange('0', '9');
    }

    private static ulong Shape(ReadOnlySpan<char> cell)
    {
        Span<ulong> words = stackalloc ulong[LineTemplate.MostWords];
        Span<double> numbers = stackalloc double[LineTemplate.MostNumbers];
        var template = new LineTemplate(cell, words, numbers);
        return template.PlainLetters == 0 ? 0 : template.Hash;
    }

    private static ulong Hash(ReadOnlySpan<char> cell)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in cell)
            hash = (hash ^ letter) * 1099511628211UL;
        return hash;
    }
}

using System.Runtime.InteropServices;
using Strata.Reducing.Lines;

namespace Strata.Reducing.Logs;

/// <summary>The lines of a text grouped by template, with what stands out inside a group.</summary>
/// <remarks>
/// Lines of the same template form a group. Those that are left, rarely seen, are joined once more where three of four words agree, place
/// by place ("Compiling serde v1" and "Compiling syn v2"), after Drain (He et al., 2017).
/// </remarks>
internal sealed class LineGroups
{
    // Twice may be chance.
    public const int Often = 3;

    // Fewer lines that differ in their words are no pattern.
    private const int LeastJoined = 8;

    private const int MostJoinedKinds = 24;

    private readonly List<Group> _groups = [];
    private readonly int[] _groupOfLine;

    public LineGroups(TextLines lines)
    {
        _groupOfLine = new int[lines.Count];
        var known = new Dictionary<ulong, int>();
        Span<ulong> words = stackalloc ulong[LineTemplate.MostWords];
        Span<double> numbers = stackalloc double[LineTemplate.MostNumbers];
        var firstLines = new List<int>();
        for (var i = 0; i < lines.Count; i++)
        {
            var template = new LineTemplate(lines[i], words, numbers);
            if (template.Words == 0)
            {
                _groupOfLine[i] = -1;
                continue;
            }

            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(known, template.Hash, out var exists);
            if (!exists)
            {
                index = _groups.Count;
                _groups.Add(new Group { IsData = template.PlainLetters < 3 });
                firstLines.Add(i);
            }

            _groups[index].Add(i, numbers[..template.Numbers]);
            _groupOfLine[i] = index;
        }

        // Words that vary stand at the end ("Compiling serde v1") or at the beginning ("serde -> target/serde.rlib").
        Join(lines, firstLines, byFirstWord: true);
        Join(lines, firstLines, byFirstWord: false);
    }

    /// <summary>How many lines are like this one, itself included.</summary>
    public int LikeOf(int line) => _groupOfLine[line] is >= 0 and var group ? _groups[group].Lines : 1;

    /// <summary>Its place among the lines like it, from 0; to be asked for every line once and in order.</summary>
    public int NextPlaceOf(int line) => _groupOfLine[line] is >= 0 and var group ? _groups[group].Place++ : 0;

    /// <summary>Whether the lines like it are rows of numbers or bare paths: data, where each line says something of its own.</summary>
    public bool IsData(int line) => _groupOfLine[line] < 0 || _groups[_groupOfLine[line]].IsData;

    public bool IsLast(int line) => _groupOfLine[line] is >= 0 and var group && _groups[group].Last == line;

    /// <summary>Whether a number of this line lies far outside those of the lines like it.</summary>
    public bool IsOutlier(TextLines lines, int line, Span<ulong> words, Span<double> numbers)
    {
        if (_groupOfLine[line] is not (>= 0 and var index) || _groups[index] is not { HasOutliers: true } group)
            return false;
        var template = new LineTemplate(lines[line], words, numbers);
        return group.IsOutlier(numbers[..template.Numbers]);
    }

    private void Join(TextLines lines, List<int> firstLines, bool byFirstWord)
    {
        var buckets = new Dictionary<(int Words, ulong First), List<Pattern>>();
        var patternOfGroup = new Pattern?[_groups.Count];
        Span<ulong> words = stackalloc ulong[LineTemplate.MostWords];
        Span<double> numbers = stackalloc double[LineTemplate.MostNumbers];
        for (var g = 0; g < _groups.Count; g++)
        {
            // What fails says what failed: that is the half that may differ.
            if (_groups[g].Lines >= Often || _groups[g].IsJoined || _groups[g].IsData || FailureWords.IsFailure(lines[firstLines[g]]))
                continue;
            var template = new LineTemplate(lines[firstLines[g]], words, numbers);
            if (template.Words < 2)
                continue;
            ref var bucket = ref CollectionsMarshal.GetValueRefOrAddDefault(buckets, (template.Words, words[byFirstWord ? 0 : 1]), out _);
            bucket ??= [];
            patternOfGroup[g] = Pattern.Take(bucket, words[..template.Words], g);
            if (patternOfGroup[g] is { } pattern)
                pattern.Lines += _groups[g].Lines;
        }

        for (var i = 0; i < _groupOfLine.Length; i++)
        {
            if (_groupOfLine[i] is not (>= 0 and var group) || patternOfGroup[group] is not { } pattern || pattern.Lines < LeastJoined
                || pattern.Group == group)
                continue;
            _groups[group].IsJoined = true;
            _groupOfLine[i] = pattern.Group;
            _groups[pattern.Group].Add(i, []);
        }
    }

    private sealed class Pattern
    {
        private ulong[] _words = [];

        public int Group { get; private init; }

        public int Lines { get; set; }

        public static Pattern? Take(List<Pattern> bucket, ReadOnlySpan<ulong> words, int group)
        {
            foreach (var known in bucket)
            {
                if (known.Fits(words))
                    return known;
            }

            if (bucket.Count == MostJoinedKinds)
                return null;
            bucket.Add(new Pattern { Group = group, _words = words.ToArray() });
            return bucket[^1];
        }

        private bool Fits(ReadOnlySpan<ulong> words)
        {
            var same = 0;
            for (var i = 0; i < words.Length; i++)
                same += words[i] == _words[i] ? 1 : 0;
            // Each word that varies is something that only this line says.
            return same * 2 >= words.Length && words.Length - same <= Math.Max(1, words.Length / 4);
        }
    }

    private sealed class Group
    {
        private NumberColumn[] _numbers = [];

        public int Lines { get; private set; }

        public int Place { get; set; }

        public int Last { get; private set; }

        public bool IsData { get; init; }

        /// <summary>Whether its lines went to another group.</summary>
        public bool IsJoined { get; set; }

        public bool HasOutliers => Lines >= 10 && Array.Exists(_numbers, column => column.HasOutliers);

        public void Add(int line, ReadOnlySpan<double> numbers)
        {
            if (Lines++ == 0)
                _numbers = numbers.Length == 0 ? [] : new NumberColumn[numbers.Length];
            Last = line;
            for (var i = 0; i < Math.Min(numbers.Length, _numbers.Length); i++)
                _numbers[i].Add(numbers[i]);
        }

        public bool IsOutlier(ReadOnlySpan<double> numbers)
        {
            for (var i = 0; i < Math.Min(numbers.Length, _numbers.Length); i++)
            {
                if (_numbers[i].IsOutlier(numbers[i]))
                    return true;
            }

            return false;
        }
    }
}

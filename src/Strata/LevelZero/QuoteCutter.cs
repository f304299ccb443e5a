using Strata.Text;
using Strata.Tokens;

namespace Strata.LevelZero;

/// <summary>Makes quotes fit: how long each may be, and what of a long one stays.</summary>
internal static class QuoteCutter
{
    /// <summary>The most tokens an entry may have so that all fit: short ones leave their rest to the long ones.</summary>
    public static int WaterLevel(List<int> ascending, int room)
    {
        for (var i = 0; i < ascending.Count; i++)
        {
            var level = room / (ascending.Count - i);
            if (ascending[i] > level)
                return level;
            room -= ascending[i];
        }

        return int.MaxValue;
    }

    /// <summary>Three quarters of the head: a request states its matter first, and what to do with it last.</summary>
    public static string EndsKept(string text, int tokens, ITokenCounter counter)
    {
        if (tokens < 8)
            return "";
        var head = text[..TextCut.Head(text, counter.FitHead(text, tokens * 3 / 4))];
        var rest = text[head.Length..];
        var tail = rest[TextCut.Tail(rest, counter.FitTail(rest, tokens - counter.Count(head) - 2))..];
        return $"{head.TrimEnd()} … {tail.TrimStart()}".TrimEnd();
    }
}

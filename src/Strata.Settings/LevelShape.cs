using Strata.Ladder;
using Strata.Planning.Hierarchy;

namespace Strata.Settings;

/// <summary>The levels that a tree of summaries is planned with, without a model being made or asked.</summary>
internal static class LevelShape
{
    // Level 3 of seed 0 is four fifths of what it is made of: ten times 500 tokens become 4 000.
    private const int Fifths = 4;

    public static HierarchyOptions Of(StrataSettings settings, HierarchyOptions shape)
    {
        var levels = new List<LevelSize>();
        foreach (var level in settings.WrittenLevels)
        {
            // A size that nobody stated must not expand what a lower level wrote, whatever that was set to.
            var most = levels.Count > 0
                ? (int)Math.Min(int.MaxValue, levels[^1].MaxTokens * (long)shape.FanOut * Fifths / 5) : int.MaxValue;
            levels.Add(new LevelSize(level, settings.Levels[level].MaxTokens ?? Math.Min(most, SizeOf(level))));
        }

        return shape with { Levels = levels };
    }

    private static int SizeOf(int level) => level switch
    {
        1 => LevelOptions.PerTurn().MaxTokens,
        2 => LevelOptions.PerTenTurns().MaxTokens,
        _ => LevelOptions.Whole().MaxTokens,
    };
}

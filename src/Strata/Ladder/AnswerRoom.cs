using System.Globalization;
using System.Text;
using Strata.Calls;
using Strata.Ladder.Prompts;

namespace Strata.Ladder;

/// <summary>How a model's window is divided between a prompt, its source and the answer.</summary>
internal static class AnswerRoom
{
    // What a prompt holds beside the source: the template, the rule about data, the labels.
    public const int PromptTokens = 600;

    // A model that thinks needs room for it.
    private const int OutputRoom = 3;
    private const int LeastOutput = 512;

    // Of code and of Chinese alike.
    private const int BytesPerToken = 3;

    // A window that is too small for any source is a mistake in the options, and found here rather than in the middle of a compaction.
    public static void Check(CallableModel model, LevelOptions level, SummaryTemplate template)
    {
        var needed =
            OutputOf(model, level.MaxTokens) + PromptTokens + (Encoding.UTF8.GetByteCount(template.Text) / BytesPerToken) + level.MaxTokens;
        if (model.Window < needed)
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture,
                    $"Level {level.Level}: the window of {model.Name} has {model.Window:N0} tokens; its template, "
                    + $"an answer of {level.MaxTokens:N0} and something to summarize need {needed:N0}. Name a model with a larger window, "
                    + $"or lower the level's tokens."));
    }

    /// <summary>Tokens of an answer, with room for a model that thinks first.</summary>
    public static int OutputOf(CallableModel model, int maxTokens)
    {
        var most = Math.Max(maxTokens * OutputRoom, LeastOutput);
        return Math.Min(model.OutputLimit ?? int.MaxValue, Math.Clamp(model.Window / 4, Math.Min(maxTokens + (maxTokens / 4), most), most));
    }

    /// <summary>Tokens of the source.</summary>
    public static int RoomOf(CallableModel model, int maxTokens) => Math.Max(0, model.Window - OutputOf(model, maxTokens) - PromptTokens);
}

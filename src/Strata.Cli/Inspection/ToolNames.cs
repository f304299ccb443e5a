using Microsoft.Extensions.AI;
using Strata.Transcripts;

namespace Strata.Cli.Inspection;

/// <summary>Which tool a call id belongs to: results carry only the id.</summary>
internal static class ToolNames
{
    public static Dictionary<string, string> Of(Transcript transcript)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var call in transcript.Messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>())
            names[call.CallId] = call.Name;
        return names;
    }
}

using Strata.Transcripts;
namespace Strata.Summaries;
public sealed class ExtractiveSummarizer : ISummarizer
{
    public int Level => 0;
    public string Name => "extractive";
    public ValueTask<Summary> SummarizeAsync(SummaryRequest request, CancellationToken cancellationToken = default)
    {
        var text = SummaryHeader.Write(request.Groups.Count, request.Transcript.Groups[request.Groups[0]].Handle, request.Transcript.Groups[request.Groups[^1]].Handle) + "\nstub";
        return new(new Summary(text, request.Counter.Count(text), 0, Name));
    }
}

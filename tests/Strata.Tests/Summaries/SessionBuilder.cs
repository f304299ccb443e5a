using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Summaries;
using Strata.LevelZero;
using Strata.Transcripts;

namespace Strata.Tests.Summaries;

/// <summary>Builds small sessions to summarize.</summary>
internal sealed class SessionBuilder
{
    private int _calls;

    public List<ChatMessage> Messages { get; } = [];

    public SessionBuilder User(string text) => Add(new ChatMessage(ChatRole.User, text));

    public SessionBuilder Assistant(string text) => Add(new ChatMessage(ChatRole.Assistant, text));

    public SessionBuilder Tool(string name, object arguments, string result)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"c{++_calls}");
        var parsed = JsonSerializer.SerializeToElement(arguments).EnumerateObject()
            .ToDictionary(member => member.Name, member => (object?)member.Value, StringComparer.Ordinal);
        Add(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent(id, name, parsed)]));
        return Add(new ChatMessage(ChatRole.Tool, [new FunctionResultContent(id, result)]));
    }

    public SessionBuilder Add(ChatMessage message)
    {
        Messages.Add(message);
        return this;
    }

    public Summary Summarize(int maxTokens, int charsPerToken = 4, Range? groups = null)
    {
        var transcript = Transcript.Create(Messages);
        return new ExtractiveSummarizer().SummarizeAsync(new SummaryRequest
        {
            Transcript = transcript,
            Groups = [.. Enumerable.Range(0, transcript.Groups.Count).Take(groups ?? Range.All)],
            MaxTokens = maxTokens,
            Counter = new CharCounter(charsPerToken),
        }).AsTask().GetAwaiter().GetResult();
    }

    /// <summary>A session of an agent that mends a parser, as long as asked for.</summary>
    public static SessionBuilder Typical(int rounds)
    {
        var session = new SessionBuilder()
            .User("Fix the date parser in src/Dates/DateParser.cs so that leap days are read. Never push to main without asking me.")
            .Tool("TodoWrite",
                new { todos = new[] { new { content = "Fix leap days in the parser", status = "completed" },
                    new { content = "Write the release note", status = "pending" } } }, "ok");
        for (var i = 0; i < rounds; i++)
        {
            session
                .Assistant($"Now let me look at part {i}:")
                .Tool("Read", new { file_path = $"/home/me/app/src/Dates/Part{i}.cs" }, "     1→namespace App;\n     2→public static "
                    + $"class LeapRules{i}\n     3→    public static bool IsLeapYear{i}(int year) => year % 4 == 0;\n" + Filler(i))
                .Tool("Edit",
                    new { file_path = $"/home/me/app/src/Dates/Part{i}.cs",
                        old_string = $"public static bool IsLeapYear{i}(int year) => year % 4 == 0;",
                        new_string = $"public static bool IsLeapYear{i}(int year) => DateTime.IsLeapYear(year);" }, "The file was updated.")
                .Tool("Bash", new { command = $"dotnet test --filter Part{i}" },
                    i % 3 == 0 ? $"Exit code 1\nerror CS01{i:00}: cannot convert LeapRules{i} to DateRules" : "Passed! 12 tests")
                .Assistant($"The bug in LeapRules{i} was caused by a missing century rule, so IsLeapYear{i} now asks the calendar.")
                .User($"Good. What about the weekday rules number {i}, are they affected by the change to the century rule?");
        }

        return session;
    }

    private static string Filler(int seed) =>
        string.Join(
            '\n', Enumerable.Range(0, 30)
                .Select(i =>
                    string.Create(CultureInfo.InvariantCulture, $"    {i + 4}→    // filler line {seed}.{i} that nobody needs again")));
}

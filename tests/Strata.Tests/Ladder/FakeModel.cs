using Microsoft.Extensions.AI;
using Strata.Calls;
using Strata.Tests.Shared;

namespace Strata.Tests.Ladder;

/// <summary>A model of the ladder: it has a name and a window, and answers a prompt.</summary>
internal sealed class FakeModel(string name, Func<string, int, CancellationToken, Task<string>> answer)
    : FakeChatClient(async (call, request, token) =>
        new ChatResponse(new ChatMessage(ChatRole.Assistant, await answer(request.Text, call + 1, token)))
        {
            FinishReason = ChatFinishReason.Stop
        })
{
    /// <summary>Answers each prompt; the number counts calls from 1.</summary>
    public FakeModel(string name, Func<string, int, string> answer) : this(name, (prompt, call, _) => Task.FromResult(answer(prompt, call)))
    {
    }

    /// <summary>Says the first words of what is between the delimiters.</summary>
    public static FakeModel Honest(string name = "fake/small") => new(name, (prompt, _) => Digest(prompt));

    public IEnumerable<string> Prompts => Requests.Select(request => request.Text);

    public CallableModel Callable => new() { Name = name, Client = this, Window = 32_000 };

    /// <summary>Some words of the prompt's data: what a model that reads would say.</summary>
    public static string Digest(string prompt)
    {
        var headings =
            prompt.Split('\n').Where(line => line.StartsWith("## ", StringComparison.Ordinal)).Distinct().Select(line => line + "\n-\n");
        var data = prompt[(prompt.IndexOf("<data-", StringComparison.Ordinal) + 1)..];
        var words = data.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return string.Concat(headings) + "The user worked on it: " + string.Join(' ', words.Skip(words.Length / 3).Take(30)) + ".";
    }
}

using Microsoft.Extensions.AI;
using Strata.Ladder;
using Strata.Tests.Summaries;

namespace Strata.Tests.Ladder;

/// <summary>What code says must be kept is there, whatever the model leaves out.</summary>
public sealed class LossyTests
{
    private static readonly string[] Rules =
    [
        "Never commit directly to the main branch.",
        "Always answer in short sentences.",
        "Do not touch the folder legacy/billing.",
        "Use tabs, not spaces.",
        "The budget must stay below 4200 euros.",
    ];

    public static TheoryData<string> Models => ["every second sentence", "says something else", "says nothing of it"];

    [Theory, MemberData(nameof(Models))]
    public async Task CompactAsync_LossyModel_KeepsRulesTasksFilesAndFailures(string kind)
    {
        var model = new FakeModel("fake/lossy", (prompt, call) => kind switch
        {
            "every second sentence" => EverySecond(FakeModel.Digest(prompt)),
            "says something else" => "The weather was fine, and everyone was happy with how the meeting went on that day.",
            _ => $"They talked about it for a while and agreed to go on with it, part {call}.",
        });
        var compactor =
            LadderSession.Compactor(new LadderSummarizer(LadderSession.Options(model.Callable), LadderSession.Caller()), window: 24_000);
        var session = new SessionBuilder();
        IReadOnlyList<ChatMessage> messages = [];
        for (var turn = 0; turn < 60; turn++)
        {
            session.Messages.Clear();
            if (turn % 8 == 3 && turn / 8 < Rules.Length)
                session.User(Rules[turn / 8]).Assistant("Understood.");
            if (turn == 20)
                session.Tool("bash", new { command = "dotnet test tests/Importer.Tests" },
                    "error CS0103: The name 'Widget' does not exist in the current context\nexit code 1");
            if (turn == 25)
                session.Tool("edit", new { file_path = "src/import/Widget.cs", old_string = "a", new_string = "class Widget {}" }, "done");
            LadderSession.AddTurn(session, turn, 200);
            messages = [.. messages, .. session.Messages];
            messages = (await compactor.CompactAsync(messages, TestContext.Current.CancellationToken)).Messages;
        }

        var context = string.Join('\n', messages.Select(message => message.Text));
        foreach (var rule in Rules)
            context.ShouldContain(rule.TrimEnd('.'), Case.Insensitive);
        context.ShouldContain("Widget.cs");
        context.ShouldContain("CS0103");
    }

    private static string EverySecond(string text) =>
        string.Join(". ", text.Split(". ").Where((_, i) => i % 2 == 0)) + ".";
}

using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Summaries.Manifests;

namespace Strata.Tests.Summaries.Manifests;

public class ManifestBuilderTests
{
    private readonly ManifestBuilder _builder = new();
    private int _calls;

    private void Run(string tool, object arguments, string result = "ok")
    {
        var id = $"c{++_calls}";
        var parsed = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value);
        _builder.Read(new FunctionCallContent(id, tool, parsed), _calls);
        _builder.Read(new FunctionResultContent(id, result), result, _calls);
    }

    [Theory]
    [InlineData("Read", "{\"file_path\":\"a/b.cs\"}", "Seen")]
    [InlineData("read_file", "{\"path\":\"a/b.cs\"}", "Seen")]
    [InlineData("Edit", "{\"file_path\":\"a/b.cs\",\"old_string\":\"x\",\"new_string\":\"y\"}", "Edited")]
    [InlineData("MultiEdit", "{\"file_path\":\"a/b.cs\",\"edits\":[{\"old_string\":\"x\",\"new_string\":\"y\"}]}", "Edited")]
    [InlineData("str_replace_editor", "{\"command\":\"create\",\"path\":\"a/b.cs\",\"file_text\":\"x\"}", "Created")]
    [InlineData("Write", "{\"file_path\":\"a/b.cs\",\"content\":\"x\"}", "Created")]
    [InlineData("apply_patch", "{\"input\":\"*** Begin Patch\\n*** Update File: a/b.cs\\n@@\\n-x\\n+y\\n*** End Patch\"}", "Edited")]
    public void Read_FileTool_IsKnownByTheShapeOfItsArguments(string tool, string arguments, string state)
    {
        Run(tool, JsonDocument.Parse(arguments).RootElement);

        var file = _builder.Build().Files.ShouldHaveSingleItem();
        (file.Path, file.State.ToString()).ShouldBe(("a/b.cs", state));
        file.Uses.ShouldBe([new ToolUse(tool, 1)]);
    }

    [Fact]
    public void Read_FileUsedAgain_CountsAndMovesToTheEnd()
    {
        Run("Read", new { file_path = "a.cs" });
        Run("Read", new { file_path = "b.cs" });
        Run("Edit", new { file_path = "a.cs", old_string = "x", new_string = "y" });
        Run("Read", new { file_path = "a.cs" });

        var files = _builder.Build().Files;
        files.Select(file => file.Path).ShouldBe(["b.cs", "a.cs"]);
        files[1].Uses.ShouldBe([new ToolUse("Read", 2), new ToolUse("Edit", 1)]);
        files[1].State.ShouldBe(FileState.Edited);
    }

    [Fact]
    public void Read_SearchInAFolder_IsNoFile()
    {
        Run("Grep", new { pattern = "foo", path = "src" });

        _builder.Build().Files.ShouldBeEmpty();
    }

    [Fact]
    public void Read_Command_KeepsItsExitCodeAndFirstErrorLine()
    {
        Run("exec_command", new { cmd = new[] { "bash", "-lc", "make all" } }, "Exit code 2\ngcc -c main.c\nmain.c:3: error: expected ';'\nmore");

        var manifest = _builder.Build();
        manifest.Commands.ShouldHaveSingleItem().ShouldBe(new CommandEntry("make all", 2, true, "main.c:3: error: expected ';'", 1));
        manifest.Errors.ShouldHaveSingleItem().ShouldBe(new ErrorEntry("main.c:3: error: expected ';'", "make all", 1));
    }

    [Fact]
    public void Read_CommandRunAgain_TellsItsLastOutcome()
    {
        Run("Bash", new { command = "make" }, "Exit code 1\nerror: no rule");
        Run("Bash", new { command = "make" }, "done");

        _builder.Build().Commands.ShouldHaveSingleItem().Failed.ShouldBeFalse();
    }

    [Fact]
    public void Read_Commit_IsKept()
    {
        Run("Bash", new { command = "git commit -m x" }, "[feature/dates 4f3a2b1] Read leap days\n 2 files changed");

        _builder.Build().Commits.ShouldHaveSingleItem().ShouldBe(new CommitEntry("4f3a2b1", "feature/dates", "Read leap days", 1));
    }

    [Fact]
    public void Read_TodoList_TheNewestReplacesTheOlder()
    {
        Run("TodoWrite", new { todos = new[] { new { content = "old", status = "pending" } } });
        Run("update_plan", new { plan = new[] { new { step = "one", status = "completed" }, new { step = "two", status = "in_progress" } } });

        _builder.Build().Tasks.ShouldBe([new TaskEntry("one", TaskState.Done), new TaskEntry("two", TaskState.InProgress)]);
    }

    [Fact]
    public void Read_TasksOneByOne_AreFollowedByTheirIds()
    {
        Run("TaskCreate", new { subject = "one" }, "Task #7 created successfully: one");
        Run("TaskCreate", new { subject = "two" }, "Task #8 created successfully: two");
        Run("TaskUpdate", new { taskId = "7", status = "completed" });

        _builder.Build().Tasks.ShouldBe([new TaskEntry("one", TaskState.Done, "7"), new TaskEntry("two", TaskState.Open, "8")]);
    }

    [Fact]
    public void Read_ManyErrors_OldestLeaveFirst()
    {
        for (var i = 0; i < 500; i++)
            Run("Bash", new { command = $"run {i}" }, $"Exit code 1\nerror: number {i} failed");

        var errors = _builder.Build().Errors;
        errors.Count.ShouldBeLessThanOrEqualTo(100);
        errors[^1].Line.ShouldBe("error: number 499 failed");
    }
}

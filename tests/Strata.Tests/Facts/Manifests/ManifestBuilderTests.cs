using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Facts.Manifests;

namespace Strata.Tests.Facts.Manifests;

public class ManifestBuilderTests
{
    private readonly ManifestBuilder _builder = new();
    private int _calls;

    private void Run(string tool, object arguments, string result = "ok")
    {
        var id = $"c{++_calls}";
        var parsed = JsonSerializer.SerializeToElement(arguments).EnumerateObject()
            .ToDictionary(member => member.Name, member => (object?)member.Value);
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
        Run("exec_command", new { cmd = new[] { "bash", "-lc", "make all" } },
            "Exit code 2\ngcc -c main.c\nmain.c:3: error: expected ';'\nmore");

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
        Run("update_plan",
            new { plan = new[] { new { step = "one", status = "completed" }, new { step = "two", status = "in_progress" } } });

        _builder.Build().Tasks.Tasks.ShouldBe([new TaskEntry("one", TaskState.Done), new TaskEntry("two", TaskState.InProgress)]);
    }

    [Fact]
    public void Read_TasksOneByOne_AreFollowedByTheirIds()
    {
        Run("TaskCreate", new { subject = "one" }, "Task #7 created successfully: one");
        Run("TaskCreate", new { subject = "two" }, "Task #8 created successfully: two");
        Run("TaskUpdate", new { taskId = "7", status = "completed" });

        _builder.Build().Tasks.Tasks.ShouldBe([new TaskEntry("one", TaskState.Done, "7"), new TaskEntry("two", TaskState.Open, "8")]);
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

    [Fact]
    public void Read_EditThatFailed_ChangedNothing()
    {
        Run("Edit", new { file_path = "src/a.cs", old_string = "x", new_string = "y" },
            "<tool_use_error>String to replace not found in file.</tool_use_error>");

        var manifest = _builder.Build();
        manifest.Files.ShouldHaveSingleItem().State.ShouldBe(FileState.Seen);
        manifest.Errors.ShouldHaveSingleItem().Source.ShouldBe("Edit src/a.cs");
    }

    [Fact]
    public void Read_FileThatWasDeleted_IsNoFileAnyMore()
    {
        Run("Write", new { file_path = "/app/src/a.cs", content = "x" });
        Run("Write", new { file_path = "/app/src/b.cs", content = "x" });
        Run("Bash", new { command = "rm src/a.cs" }, "");
        Run("apply_patch",
            new { input = "*** Begin Patch\n*** Delete File: /app/src/b.cs\n*** Add File: /app/src/c.cs\n+x\n*** End Patch" });

        var file = _builder.Build().Files.ShouldHaveSingleItem();
        (file.Path, file.State).ShouldBe(("/app/src/c.cs", FileState.Created));
    }

    [Fact]
    public void Read_SameCommandWithItsOutputBounded_IsOneEntryWithTheLastState()
    {
        Run("Bash", new { command = "pytest -q 2>&1 | tail -5" }, "2 failed, 3 passed in 0.4s");
        Run("Bash", new { command = "pytest -q" }, "5 passed in 0.3s");

        _builder.Build().Commands.ShouldHaveSingleItem()
            .ShouldBe(new CommandEntry("pytest -q", null, false, "5 passed in 0.3s", 2) { Times = 2 });
    }

    [Fact]
    public void Read_CommitThatPrintsNothing_IsKnownFromTheLogAfterIt()
    {
        Run("Bash", new { command = "git commit -qm 'Read leap days' && git log -1 --oneline" }, "4f3a2b1 (HEAD -> main) Read leap days");

        _builder.Build().Commits.ShouldHaveSingleItem().ShouldBe(new CommitEntry("4f3a2b1", "", "Read leap days", 1));
    }

    [Fact]
    public void Read_ErrorLinesInWhatIsOnlyRead_AreFindingsAndNoFailures()
    {
        Run("Read", new { file_path = "/app/src/a.go" },
            "    10\u2192func Load() error {\n    11\u2192\treturn fmt.Errorf(\"failed to load: %w\", err)");
        Run("Grep", new { pattern = "Errorf", path = "/app/src" }, "src/b.go:7: return fmt.Errorf(\"cannot open the store\")");
        Run("Bash", new { command = "git log --oneline | head -1" }, "1b72a7e add a failing test: error for what is not found");
        Run("Bash", new { command = "ls build" }, "ls: cannot access 'build': No such file or directory");

        var manifest = _builder.Build();
        manifest.Errors.ShouldBeEmpty();
        manifest.Findings.Select(finding => $"{finding.Source} | {finding.Line}").ShouldBe(
        [
            "Read src/a.go | 10: func Load() error {",
            "Grep Errorf in app/src | src/b.go:7: return fmt.Errorf(\"cannot open the store\")",
            "git log --oneline | 1b72a7e add a failing test: error for what is not found",
            "ls build | ls: cannot access 'build': No such file or directory",
        ]);
    }

    [Fact]
    public void Read_EditThatTookAFoundLineOut_TakesTheFindingOut()
    {
        Run("Read", new { file_path = "/app/src/a.go" }, "    10\u2192\tpanic(\"no error handling yet\")");
        Run("Edit", new { file_path = "/app/src/a.go", old_string = "\tpanic(\"no error handling yet\")", new_string = "\treturn err" });

        _builder.Build().Findings.ShouldBeEmpty();
    }
}

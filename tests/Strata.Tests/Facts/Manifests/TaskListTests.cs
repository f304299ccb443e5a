using System.Text.Json;
using Microsoft.Extensions.AI;
using Strata.Facts.Manifests;

namespace Strata.Tests.Facts.Manifests;

public class TaskListTests
{
    private readonly TaskList _list = new();

    private bool Run(string tool, string arguments) => _list.Read(new FunctionCallContent(
        "c1", tool,
        JsonDocument.Parse(arguments).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => (object?)member.Value)));

    private string Shown => string.Join("; ", _list.Tasks.Select(task => $"{task.Text}={task.State}"));

    [Theory]
    [InlineData("TodoWrite", """{"todos":[{"content":"one","status":"completed","activeForm":"Doing one"},"""
        + """{"content":"two","status":"in_progress"},{"content":"three","status":"pending"}]}""")]
    [InlineData("update_plan", """{"explanation":"x","plan":[{"step":"one","status":"completed"},{"step":"two","status":"in_progress"},"""
        + """{"step":"three","status":"pending"}]}""")]
    [InlineData("write_todos", """{"todos":[{"description":"one","status":"completed"},{"description":"two","status":"in_progress"},"""
        + """{"description":"three","status":"pending"},{"description":"four","status":"cancelled"}]}""")]
    [InlineData("manage_todo_list", """{"operation":"write","todoList":[{"id":1,"title":"one","description":"a","status":"completed"},"""
        + """{"id":2,"title":"two","status":"in-progress"},{"id":3,"title":"three","status":"not-started"}]}""")]
    [InlineData("update_todo_list", """{"todos":"[x] one\n[-] two\n[ ] three"}""")]
    [InlineData("attempt", """{"task_progress":"- [x] one\n- [-] two\n- [ ] three"}""")]
    public void Read_ListOfAnyVendor_HasTextsAndStates(string tool, string arguments)
    {
        Run(tool, arguments).ShouldBeTrue();

        Shown.ShouldBe("one=Done; two=InProgress; three=Open");
    }

    [Fact]
    public void Read_ListSentInChanges_IsMergedById()
    {
        Run("todo_write", """{"merge":false,"todos":[{"id":"a","content":"one","status":"in_progress"},"""
            + """{"id":"b","content":"two","status":"pending"}]}""");
        Run("todo_write", """{"merge":true,"todos":[{"id":"a","status":"completed"},{"id":"c","content":"three","status":"pending"}]}""");

        Shown.ShouldBe("one=Done; two=Open; three=Open");
    }

    [Fact]
    public void Read_PlanFile_IsFollowedThroughItsEdits()
    {
        Run("Write", """{"file_path":"PLAN.md","content":"# Plan\n- [ ] one\n- [ ] two\nText with [ ] in it\n"}""").ShouldBeFalse();
        Run("Edit", """{"file_path":"PLAN.md","old_string":"- [ ] one","new_string":"- [x] one"}""");
        Run("Edit", """{"file_path":"README.md","old_string":"a","new_string":"- [x] of another file"}""");

        Shown.ShouldBe("one=Done; two=Open");
    }

    [Fact]
    public void Read_PlanFileBesideAToDoTool_IsNotTheList()
    {
        Run("TodoWrite", """{"todos":[{"content":"one","status":"pending"}]}""");
        Run("Write", """{"file_path":"PLAN.md","content":"- [ ] a\n- [ ] b\n"}""");

        Shown.ShouldBe("one=Open");
    }

    [Theory]
    [InlineData("create_issue", """{"tasks":[{"name":"x"}]}""")]
    [InlineData("book", """{"plan":"monthly"}""")]
    [InlineData("Bash", """{"command":"ls"}""")]
    public void Read_OtherCall_IsNoList(string tool, string arguments)
    {
        Run(tool, arguments).ShouldBeFalse();
        _list.Tasks.ShouldBeEmpty();
    }

    [Fact]
    public void Read_DeletedTask_IsOffTheList()
    {
        Run("TaskCreate", """{"subject":"one"}""");
        Run("TaskUpdate", """{"taskId":"1","status":"deleted"}""");

        _list.Tasks.ShouldBeEmpty();
    }
}

using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Strata.Cli.Tests.Support;
using Strata.Formats;

namespace Strata.Cli.Tests.Commands;

public sealed class InPlaceTests
{
    // The clock of the tests stands at noon.
    private static readonly DateTime Before = new(2026, 11, 20, 11, 0, 0, DateTimeKind.Utc);

    public static TheoryData<string> Formats => [.. SessionFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task CompactInPlace_ThenUndoInPlace_PutsTheFileBackByteForByte(string format)
    {
        using var cli = new Support.Cli();
        var original = await SampleFiles.InAsync(format);
        var path = Quiet(cli.Write("s.json", original));

        var result = (await cli.RunAsync("compact", path, "--target", "20%", "--in-place")).ShouldExitWith(0);

        result.Output.ShouldContain("The original is in the archive: strata undo");
        (await cli.ReadAsync("s.json")).Length.ShouldBeLessThan(original.Length);
        File.GetLastWriteTimeUtc(path).ShouldBe(Before);
        (await cli.RunAsync("undo", path, "--in-place")).ShouldExitWith(0).Output.ShouldContain("byte for byte");
        (await cli.ReadAsync("s.json")).ShouldBe(original);
        cli.Files().ShouldBe(["s.json"]);
    }

    [Fact]
    public async Task CompactInPlace_TwiceWithTurnsBetween_UndoesOneAfterTheOther()
    {
        using var cli = new Support.Cli();
        var path = Quiet(cli.Session());
        var original = await cli.ReadAsync("session.jsonl");
        (await cli.RunAsync("compact", path, "--target", "40%", "--in-place")).ShouldExitWith(0);
        var once = SampleFiles.GoOn("claude-code", await cli.ReadAsync("session.jsonl"));
        Quiet(cli.Write("session.jsonl", once));
        cli.Later = TimeSpan.FromHours(1);
        (await cli.RunAsync("compact", path, "--target", "30%", "--in-place")).ShouldExitWith(0);

        (await cli.RunAsync("undo", path, "--in-place")).ShouldExitWith(0);
        (await cli.ReadAsync("session.jsonl")).ShouldBe(once);
        (await cli.RunAsync("undo", path, "--in-place")).ShouldExitWith(0);

        (await cli.ReadAsync("session.jsonl"))[..original.Length].ShouldBe(original);
    }

    [Fact]
    public async Task CompactInPlace_WrittenSecondsAgo_IsRefusedUnlessForced()
    {
        using var cli = new Support.Cli();
        var path = cli.Session();
        File.SetLastWriteTimeUtc(path, Before.AddHours(1).AddSeconds(-9));
        var original = await cli.ReadAsync("session.jsonl");

        var refused = (await cli.RunAsync("compact", path, "--target", "20%", "--in-place")).ShouldExitWith(1);

        refused.Error.ShouldContain("is in use: it was written less than 10 seconds ago");
        (await cli.ReadAsync("session.jsonl")).ShouldBe(original);
        File.Exists(cli.DefaultArchive).ShouldBeFalse();
        (await cli.RunAsync("compact", path, "--target", "20%", "--in-place", "--force")).ShouldExitWith(0)
            .Output.ShouldContain("It was replaced though it was written less than 10 seconds ago");
    }

    [Fact]
    public async Task CompactInPlace_LockIsThere_IsRefused()
    {
        using var cli = new Support.Cli();
        var path = Quiet(cli.Session());
        cli.Write("session.jsonl.lock", "{}");

        (await cli.RunAsync("compact", path, "--target", "20%", "--in-place")).ShouldExitWith(1).Error.ShouldContain("its lock");
    }

    [Fact]
    public async Task CompactInPlace_AnotherProcessHasItOpen_IsRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows who has a file open.");
        using var cli = new Support.Cli();
        var path = Quiet(cli.Session());
        var tail = new ProcessStartInfo("tail", ["-f", path]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var reader = Process.Start(tail)!;
        try
        {
            await reader.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);

            var refused = (await cli.RunAsync("compact", path, "--target", "20%", "--in-place")).ShouldExitWith(1);

            refused.Error.ShouldContain("tail) has it open");
        }
        finally
        {
            reader.Kill();
        }
    }

    [Theory]
    [InlineData("claude", true)]
    [InlineData("another", false)]
    public async Task CompactInPlace_ItsProgramRunsInItsFolder_IsRefused(string program, bool isRefused)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux shows where a process works.");
        using var cli = new Support.Cli();
        var folder = Directory.CreateDirectory(cli.PathOf("project")).FullName;
        var text = await File.ReadAllTextAsync(cli.Session(), TestContext.Current.CancellationToken);
        var path = Quiet(cli.Write("session.jsonl", text.Replace("/home/ada/weather\"", folder + "\"", StringComparison.Ordinal)));
        var copy = cli.PathOf(program);
        File.Copy("/usr/bin/sleep", copy);
        using var running = Process.Start(new ProcessStartInfo(copy, "600") { WorkingDirectory = folder })!;
        try
        {
            var result = await cli.RunAsync("compact", path, "--target", "20%", "--in-place");

            var why = $"Claude Code runs in its folder project (process {running.Id} (claude)";
            result.ShouldExitWith(isRefused ? 1 : 0).Error.Contains(why, StringComparison.Ordinal).ShouldBe(isRefused, result.Error);
        }
        finally
        {
            running.Kill();
        }
    }

    [Fact]
    public async Task CompactInPlace_SecretsThatTheArchiveWouldNotKeep_AreRefused()
    {
        using var cli = new Support.Cli();
        var text = await File.ReadAllTextAsync(cli.Session(), TestContext.Current.CancellationToken);
        var original = text.Replace("celsius", "celsius ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8", StringComparison.Ordinal);
        var path = Quiet(cli.Write("session.jsonl", original));

        (await cli.RunAsync("compact", path, "--target", "20%", "--in-place")).ShouldExitWith(2).Error.ShouldContain("Give --keep-secrets");
        (await cli.RunAsync("compact", path, "--target", "20%", "--in-place", "--keep-secrets")).ShouldExitWith(0);
        (await cli.RunAsync("undo", path, "--in-place")).ShouldExitWith(0);

        (await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken)).ShouldBe(original);
    }

    [Theory]
    [InlineData("-o", "other.jsonl")]
    [InlineData("--to", "openai-chat")]
    [InlineData("--no-archive", null)]
    public async Task CompactInPlace_WithWhatSaysOtherwise_IsUsage(string option, string? value)
    {
        using var cli = new Support.Cli();
        string[] all = ["compact", Quiet(cli.Session()), "--in-place", option, .. value is null ? [] : new[] { value }];

        (await cli.RunAsync(all)).ShouldExitWith(2).Error.ShouldContain("contradict each other");
    }

    [Fact]
    public async Task CompactInPlace_StandardInput_IsUsage()
    {
        using var cli = new Support.Cli();
        cli.Input = await SampleFiles.InAsync("pi");

        (await cli.RunAsync("compact", "-", "--in-place")).ShouldExitWith(2).Error.ShouldContain("- is no file that could be replaced");
    }

    [Fact]
    public async Task CompactInPlace_CodexKeptAHistory_ItIsForgottenForThisThreadOnly()
    {
        using var cli = new Support.Cli();
        var home = Directory.CreateDirectory(cli.PathOf("codex"));
        var folder = Directory.CreateDirectory(Path.Combine(home.FullName, "sessions", "2026", "11", "20"));
        var path = Path.Combine(folder.FullName, "rollout.jsonl");
        await File.WriteAllBytesAsync(path, await SampleFiles.InAsync("codex"), TestContext.Current.CancellationToken);
        Quiet(path);
        var thread = await ThreadAsync(path);
        var history = Path.Combine(home.FullName, "thread_history_1.sqlite");
        Execute(history, "CREATE TABLE thread_items (thread_id TEXT, item_json TEXT)",
            "CREATE TABLE thread_history_projection_state (thread_id TEXT, next_rollout_byte_offset INTEGER)",
            $"INSERT INTO thread_items VALUES ('{thread}', '1'), ('{thread}', '2'), ('another', '3')",
            $"INSERT INTO thread_history_projection_state VALUES ('{thread}', 9), ('another', 9)");
        Execute(Path.Combine(home.FullName, "state_5.sqlite"), "CREATE TABLE threads (id TEXT, rollout_path TEXT)",
            $"INSERT INTO threads VALUES ('{thread}', '/elsewhere/rollout.jsonl')");

        var result = (await cli.RunAsync("compact", path, "--target", "20%", "--in-place")).ShouldExitWith(0);

        result.Output.ShouldContain("is made anew from the file at the next resumption");
        result.Output.ShouldContain("Codex resumes /elsewhere/rollout.jsonl, not this file");
        Number(history, "SELECT count(*) FROM thread_items").ShouldBe(1);
        Number(history, "SELECT count(*) FROM thread_history_projection_state WHERE thread_id = 'another'").ShouldBe(1);
        Number(history, "SELECT count(*) FROM thread_history_projection_state").ShouldBe(1);
    }

    private static string Quiet(string path)
    {
        File.SetLastWriteTimeUtc(path, Before);
        return path;
    }

    private static async Task<string> ThreadAsync(string path)
    {
        using var stream = File.OpenRead(path);
        return (await SessionFormats.Find("codex")!.ReadAsync(stream, TestContext.Current.CancellationToken)).SessionId!;
    }

    private static void Execute(string database, params string[] statements)
    {
        using var connection = Open(database);
        foreach (var statement in statements)
        {
            using var command = connection.CreateCommand();
            command.CommandText = statement;
            command.ExecuteNonQuery();
        }
    }

    private static long Number(string database, string query)
    {
        using var connection = Open(database);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        return (long)command.ExecuteScalar()!;
    }

    private static SqliteConnection Open(string database)
    {
        SQLitePCL.Batteries_V2.Init();
        var connection = new SqliteConnection($"Data Source={database};Pooling=False");
        connection.Open();
        return connection;
    }
}

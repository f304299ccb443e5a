using System.Text;
using Strata.Formats;
using Strata.Tests.Formats.Json;

namespace Strata.Tests.Formats;

/// <summary>What a file records of its last request stands beside what is counted of it.</summary>
public sealed class RecordedInputTests
{
    private const string Summary = "[Previous conversation summary] 12 messages; recall 11aa22bb..33cc44dd";

    private const string Boundary = "{'type':'system','subtype':'compact_boundary','uuid':'b','parentUuid':null,"
        + "'compactMetadata':{'preservedMessages':{'anchorUuid':'s','uuids':['a1'],'allUuids':['a1']}}}";

    private const string RolledBack = "{'type':'event_msg','payload':{'type':'thread_rolled_back','num_turns':1}}";

    private const string Compacted = "{'type':'compacted','payload':{'message':'Sorted.','replacement_history':"
        + "[{'type':'message','role':'user','content':[{'type':'input_text','text':'Sort'}]}]}}";

    [Fact]
    public void LastRecordedInput_ClaudeCode_IsTheInputOfTheNewestAnswerWithItsCache() =>
        Read("claude-code", User("u1", null), Claude("a1", "u1", 40, 3_000, 200), User("u2", "a1"), Claude("a2", "u2", 7, 5_000, 300))
            .ShouldBe(5_307);

    [Fact]
    public void LastRecordedInput_OnlyKeptBehindClaudeCodesOwnCompaction_IsNotKnown() =>
        Read("claude-code", User("u1", null), Claude("a1", "u1", 9_000), Boundary, User("s", "b")).ShouldBeNull();

    [Fact]
    public void LastRecordedInput_AnswersBehindClaudeCodesOwnCompaction_AreOfTheConversation() =>
        Read("claude-code", User("u1", null), Claude("a1", "u1", 9_000), Boundary, User("s", "b"), Claude("a2", "s", 9_500))
            .ShouldBe(9_500);

    [Fact]
    public void LastRecordedInput_KeptBehindASummaryOfStrata_IsNotKnown() =>
        Read("claude-code", User("s", null, Summary), Claude("a1", "s", 80_000), User("u", "a1"), Claude("a2", "u", 81_000)).ShouldBeNull();

    [Fact]
    public void LastRecordedInput_FellBehindASummaryOfStrata_IsOfTheConversation() =>
        Read("claude-code", User("s", null, Summary), Claude("a1", "s", 80_000), User("u", "a1"), Claude("a2", "u", 12_000))
            .ShouldBe(12_000);

    [Theory]
    [InlineData("{'input_tokens':'many'}")]
    [InlineData("{'input_tokens':-5}")]
    [InlineData("{'input_tokens':1e99}")]
    [InlineData("7")]
    public void LastRecordedInput_OfNoNumber_IsNotKnown(string usage) =>
        Read("claude-code", User("u1", null), Claude("a1", "u1", usage)).ShouldBeNull();

    [Fact]
    public void LastRecordedInput_Codex_IsTheLastRequestAndNotTheSum() =>
        Read("codex", Item("Sort the crates."), Count(900, 900), Item("And label them."), Count(2_400, 1_500)).ShouldBe(1_500);

    [Theory]
    [InlineData(RolledBack)]
    [InlineData(Compacted)]
    public void LastRecordedInput_CodexShortenedItSince_IsNotKnown(string line) =>
        Read("codex", Item("Sort the crates."), Count(900, 900), Item("And label them."), Count(2_400, 1_500), line).ShouldBeNull();

    [Fact]
    public void Window_Codex_IsTheOneThatTheFileStatesLast() =>
        Document("codex", Item("Sort the crates."), Count(900, 900, window: 128_000), Count(900, 900, window: 96_000),
            "{'type':'event_msg','payload':{'type':'token_count','info':null}}").Window.ShouldBe(96_000);

    [Fact]
    public void LastRecordedInput_Pi_AddsTheCache() =>
        Read("pi", "{'type':'session','version':3,'id':'p'}",
            "{'type':'message','id':'1','parentId':null,'message':{'role':'user','content':'Sort the crates.'}}",
            "{'type':'message','id':'2','parentId':'1','message':{'role':'assistant','content':[{'type':'text','text':'Done.'}],"
            + "'usage':{'input':12,'output':9,'cacheRead':700,'cacheWrite':80}}}").ShouldBe(792);

    [Fact]
    public void LastRecordedInput_OpenCode_AddsTheCache() =>
        Read("opencode", "{'info':{'id':'ses_1'},'messages':[",
            "{'info':{'id':'msg_1','role':'user'},'parts':[{'type':'text','text':'Sort the crates.'}]},",
            "{'info':{'id':'msg_2','role':'assistant','tokens':{'input':12,'output':9,'cache':{'read':700,'write':80}}},",
            "'parts':[{'type':'text','text':'Done.'}]}]}").ShouldBe(792);

    private static int? Read(string format, params string[] lines) => Document(format, lines).LastRecordedInput;

    private static SessionDocument Document(string format, params string[] lines) =>
        BodyTesting.Read(format, Encoding.UTF8.GetBytes(string.Join('\n', lines).Replace('\'', '"')));

    private static string User(string uuid, string? parent, string text = "Sort the crates.") =>
        $"{{'type':'user','uuid':'{uuid}','parentUuid':{(parent is null ? "null" : $"'{parent}'")},'sessionId':'s',"
        + $"'message':{{'role':'user','content':'{text}'}}}}";

    private static string Claude(string uuid, string parent, int input, int read = 0, int written = 0) => Claude(uuid, parent,
        $"{{'input_tokens':{input},'cache_read_input_tokens':{read},'cache_creation_input_tokens':{written}}}");

    private static string Claude(string uuid, string parent, string usage) =>
        $"{{'type':'assistant','uuid':'{uuid}','parentUuid':'{parent}','sessionId':'s','message':{{'role':'assistant','id':'m-{uuid}',"
        + $"'content':[{{'type':'text','text':'Done.'}}],'usage':{usage}}}}}";

    private static string Item(string text) =>
        $"{{'type':'response_item','payload':{{'type':'message','role':'user','content':[{{'type':'input_text','text':'{text}'}}]}}}}";

    private static string Count(int total, int last, int window = 200_000) =>
        $"{{'type':'event_msg','payload':{{'type':'token_count','info':{{'total_token_usage':{{'input_tokens':{total}}},"
        + $"'last_token_usage':{{'input_tokens':{last}}},'model_context_window':{window}}}}}}}";
}

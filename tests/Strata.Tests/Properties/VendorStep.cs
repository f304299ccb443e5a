namespace Strata.Tests.Properties;

/// <summary>What happens next in a conversation in a vendor's own items.</summary>
public enum VendorStepKind
{
    User,
    Answer,
    Call,
    ParallelCalls,
    ServerTool,
    PausedServerTool,
    CodeThatCalls,
    ServerMcp,
    ToolSearch,
    ServerToolSearch,
    Approval,
    ApprovalOfACall,
    CustomTool,
    Computer,
    Shell,
    ReasoningThenCall,
    ReasoningThenAnswer,
    OpenCall,
    OpenServerTool,
    OpenApproval,
    Compaction,
    Tools,
    Unknown,
    Reference,
}

/// <param name="Kind">What happens.</param>
/// <param name="Size">How long the texts are, in words.</param>
public sealed record VendorStep(VendorStepKind Kind, int Size);

namespace Strata.Tests.Properties;

/// <summary>What happens next in a generated conversation.</summary>
public enum StepKind
{
    User,
    SameUser,
    InjectedUser,
    Assistant,
    EmptyAssistant,
    ReasoningThenCall,
    Call,
    ParallelCalls,
    ParallelCallsOutOfOrder,
    CallSplitByUser,
    CallsAnsweredInOneMessage,
    SplitMessage,
    UnansweredCall,
    OrphanResult,
    ReusedCallId,
    System,
    EarlierSummary,
    Image,
    HugeResult,
    CallAndResultInOne,
    ResultWithTheNextCall,
    OneMessageAnswersTwoSplitMessages,
    ReusedIdInSplitMessage,
    HostedFile,
    ReadOfOneFile,
    ChangeOfOneFile,
    Cjk,
}

/// <param name="Kind">What happens.</param>
/// <param name="Size">How long the texts are, in words.</param>
public sealed record Step(StepKind Kind, int Size);

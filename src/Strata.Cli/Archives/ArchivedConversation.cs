using Microsoft.Extensions.AI;
using Strata.Formats;

namespace Strata.Cli.Archives;

/// <summary>A conversation that no file holds: every format writes it new.</summary>
internal sealed class ArchivedConversation(IReadOnlyList<ChatMessage> messages) : SessionDocument
{
    public override string Format => "archive";

    public override IReadOnlyList<ChatMessage> Messages => messages;

    public override string PlaceOf(int messageIndex) => FormattableString.Invariant($"messages[{messageIndex}]");
}

namespace Strata.Archives.InMemory;

/// <summary>What may name a session.</summary>
internal static class SessionId
{
    private const int Longest = 200;

    public static void Check(string id)
    {
        ArgumentException.ThrowIfNullOrEmpty(id);
        if (id.Length > Longest)
            throw new ArgumentException(
                FormattableString.Invariant($"A session id has at most {Longest} chars; this one has {id.Length}."), nameof(id));
    }
}

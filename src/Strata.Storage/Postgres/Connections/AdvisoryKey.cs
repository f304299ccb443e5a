using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Strata.Storage.Postgres.Connections;

/// <summary>
/// Names of advisory locks. They are numbers shared by the whole database; two names with the same number (one in 2^64) only wait for each
/// other needlessly.
/// </summary>
internal static class AdvisoryKey
{
    public static long Schema(string schema) => Of("schema", schema);

    /// <summary>Held shared by every writer of the tenant and alone by what removes rows.</summary>
    public static long Tenant(string schema, string tenant) => Of("tenant", schema, tenant);

    public static long Session(string schema, string tenant, string session) => Of("session", schema, tenant, session);

    public static long Node(string schema, string tenant, string key) => Of("node", schema, tenant, key);

    private static long Of(params ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(Encoding.Unicode.GetBytes(part));
            // Unpaired, so that no text can hold it.
            hash.AppendData([0x00, 0xDC, 0x00, 0xDC]);
        }

        return BinaryPrimitives.ReadInt64LittleEndian(hash.GetHashAndReset());
    }
}

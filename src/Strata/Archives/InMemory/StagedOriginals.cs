using Strata.Transcripts;

namespace Strata.Archives.InMemory;

/// <summary>Messages that are encoded and wait to be kept.</summary>
internal sealed class StagedOriginals : IStagedOriginals
{
    private readonly Dictionary<Fingerprint, EncodedMessage> _encoded = [];

    public int SecretsRedacted => _encoded.Values.Sum(message => message.SecretsRedacted);

    public EncodedMessage? this[Fingerprint fingerprint] => _encoded.TryGetValue(fingerprint, out var message) ? message : null;

    public void Add(ArchivedMessage message, ArchiveCodec codec)
    {
        if (!_encoded.ContainsKey(message.Fingerprint))
            _encoded[message.Fingerprint] = codec.Encode(message.Message);
    }
}

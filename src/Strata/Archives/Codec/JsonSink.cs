using System.Buffers;
using Strata.Formats.Json;

namespace Strata.Archives.Codec;

/// <summary>Writes compact JSON; unlike .NET's own writer it keeps half surrogate pairs, in names too.</summary>
internal sealed class JsonSink
{
    private readonly ArrayBufferWriter<byte> _output = new(256);
    private bool _isBehindValue;

    public ReadOnlyMemory<byte> Written => _output.WrittenMemory;

    public void Object(Action write) => Between((byte)'{', write, (byte)'}');

    public void List(Action write) => Between((byte)'[', write, (byte)']');

    public void Name(ReadOnlySpan<char> name)
    {
        Text(name);
        Colon();
    }

    /// <summary>A name as it stands between its quotes.</summary>
    public void RawName(ReadOnlySpan<byte> escaped)
    {
        Separate();
        _output.Write("\""u8);
        _output.Write(escaped);
        _output.Write("\""u8);
        Colon();
    }

    public void Text(ReadOnlySpan<char> text)
    {
        Separate();
        JsonStrings.Write(text, _output);
        _isBehindValue = true;
    }

    public void Raw(ReadOnlySpan<byte> json)
    {
        Separate();
        _output.Write(json);
        _isBehindValue = true;
    }

    public void Base64(ReadOnlySpan<byte> bytes)
    {
        Separate();
        _output.Write("\""u8);
        var room = _output.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, room, out _, out var written);
        _output.Advance(written);
        _output.Write("\""u8);
        _isBehindValue = true;
    }

    private void Between(byte open, Action write, byte close)
    {
        Separate();
        _output.Write([open]);
        _isBehindValue = false;
        write();
        _output.Write([close]);
        _isBehindValue = true;
    }

    private void Colon()
    {
        _output.Write(":"u8);
        _isBehindValue = false;
    }

    private void Separate()
    {
        if (_isBehindValue)
            _output.Write(","u8);
    }
}

using System.Text;
using System.Text.Json;
using Strata.Settings.Reading;

namespace Strata.Settings.Files;

/// <summary>A JSON file as nodes, with the comments and trailing commas that people write in settings.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly FilePlace _place;
    private Utf8JsonReader _reader;

    private JsonTree(ReadOnlySpan<byte> bytes, FilePlace place)
    {
        _bytes = bytes;
        _place = place;
        _reader = new Utf8JsonReader(bytes,
            new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 256 });
    }

    public static SettingNode? Parse(string json, FilePlace place)
    {
        if (string.IsNullOrWhiteSpace(json))
            return null;
        try
        {
            var tree = new JsonTree(Encoding.UTF8.GetBytes(json), place);
            tree._reader.Read();
            var root = tree.Read("", tree.Here(), depth: 0);
            tree._reader.Read();
            return root;
        }
        catch (JsonException e)
        {
            // The message ends with positions that count from 0.
            var message = e.Message.Split(" LineNumber:")[0];
            throw place.NotA("JSON", (e.LineNumber ?? 0) + 1, (e.BytePositionInLine ?? 0) + 1, message, e);
        }
    }

    private SettingNode Read(string key, string keyPlace, int depth)
    {
        _place.CheckDepth(depth, 1, 1);
        var node = SettingNode.InFile(key, keyPlace, Here());
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var keys = new List<SettingNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    var (name, at) = (_reader.GetString()!, Here());
                    if (keys.Exists(other => other.Key == name))
                        throw new SettingsException($"{at}: the key '{name}' stands here for the second time");
                    _reader.Read();
                    keys.Add(Read(name, at, depth + 1));
                }

                return node with { Children = keys };
            case JsonTokenType.StartArray:
                var items = new List<SettingNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read("", Here(), depth + 1));
                return node with { IsList = true, Children = items };
            case JsonTokenType.String:
                return node with { Text = _reader.GetString() };
            case JsonTokenType.Null:
                return node with { Text = "" };
            default:
                return node with { Text = Encoding.UTF8.GetString(_reader.ValueSpan) };
        }
    }

    private readonly string Here()
    {
        var before = _bytes[..(int)_reader.TokenStartIndex];
        var line = before.Count((byte)'\n');
        return _place.At(line + 1, Encoding.UTF8.GetCharCount(before[(before.LastIndexOf((byte)'\n') + 1)..]) + 1);
    }
}

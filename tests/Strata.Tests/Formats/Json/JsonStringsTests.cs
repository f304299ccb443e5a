using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Strata.Formats.Json;

namespace Strata.Tests.Formats.Json;

public sealed class JsonStringsTests
{
    [Fact]
    public void Decode_OfEncoded_GivesEveryStringBack() =>
        Prop.ForAll(Texts(), static text => string.Equals(JsonStrings.Decode(JsonStrings.Encode(text)), text, StringComparison.Ordinal))
            .Check(Quick);

    [Fact]
    public void Encode_TextWithoutLoneSurrogates_IsWhatOtherReadersDecode() =>
        Prop.ForAll(Texts(), static text => !IsWellFormed(text)
            || string.Equals(JsonElement.Parse(JsonStrings.Encode(text)).GetString(), text, StringComparison.Ordinal)).Check(Quick);

    [Fact]
    public void Decode_WhatOtherWritersEscape_IsTheSameText() =>
        Prop.ForAll(Texts(), static text => !IsWellFormed(text)
            || string.Equals(JsonStrings.Decode(JsonSerializer.SerializeToUtf8Bytes(text)), text, StringComparison.Ordinal)).Check(Quick);

    [Fact]
    public void Sanitize_AnyString_CanBeReadByDotNet() =>
        Prop.ForAll(Texts(), static text => JsonElement.Parse(JsonStrings.Sanitize(JsonStrings.Encode(text))).GetString() is not null)
            .Check(Quick);

    [Theory]
    [InlineData("\\u00e9\\/\\b\\f\\n\\r\\t\\\"\\\\", "é/\b\f\n\r\t\"\\")]
    [InlineData("\\uD83D\\ude80", "🚀")]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    public void Decode_Escapes_AreUndone(string json, string text) =>
        JsonStrings.Decode(Encoding.UTF8.GetBytes($"\"{json}\"")).ShouldBe(text);

    // No theory: attributes cannot hold lone surrogates.
    [Fact]
    public void Decode_SurrogatesInTheWrongOrder_StayApart() => JsonStrings.Decode("\"\\ude80\\ud83d\""u8).ShouldBe("\ude80\ud83d");

    private static Config Quick => Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static Arbitrary<string> Texts() => Gen.Elements(
            "a", "word ", "\n", "\"", "\\", "\u0000", "\u001f", "é", "漢", "🚀", "\ud83d", "\ude80", "\u2028", "\ufffd", "/", "\t", "u",
            "00e9", new string('x', 40))
        .ArrayOf().Select(string.Concat).ToArbitrary();

    private static bool IsWellFormed(string text) =>
        string.Equals(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)), text, StringComparison.Ordinal);
}

using System.Globalization;
using Microsoft.Extensions.AI;

namespace Strata.Formats.Json;

/// <summary>What reading an element needs to know of the elements before it.</summary>
internal sealed class ReadingContext
{
    private readonly List<(string Id, string Name)> _open = [];
    private int _call;

    /// <summary>The place of the element that is being read, e.g. <c>messages[3]</c>.</summary>
    public string Place { get; private set; } = "";

    public List<FormatProblem> Problems { get; } = [];

    private int Element { get; set; }

    public void Enter(int element, string place) => (Element, Place, _call) = (element, place, 0);

    public void Report(string path, string message) => Problems.Add(new FormatProblem(Place + path, message));

    /// <summary>The id of a call; one that the file does not give is made from the call's position.</summary>
    public string CallId(string? given, string name)
    {
        if (_call == 0)
            _open.Clear();
        var id = given is { Length: > 0 } ? given : string.Create(CultureInfo.InvariantCulture, $"call_{Element}_{_call}");
        _call++;
        _open.Add((id, name));
        return id;
    }

    /// <summary>
    /// The id of the call that a result belongs to: the given one, else the oldest open call of that name, else the oldest open call.
    /// </summary>
    public string ResultId(string? given, string? name)
    {
        var match = given is { Length: > 0 }
            ? _open.FindIndex(call => string.Equals(call.Id, given, StringComparison.Ordinal))
            : Math.Max(_open.FindIndex(call => string.Equals(call.Name, name, StringComparison.Ordinal)), Math.Min(0, _open.Count - 1));
        var id = given is { Length: > 0 } ? given
            : match >= 0 ? _open[match].Id
            : string.Create(CultureInfo.InvariantCulture, $"call_{Element}_unknown");
        if (match >= 0)
            _open.RemoveAt(match);
        return id;
    }

    /// <summary>The role of an element, by the words that vendors use; an unknown one counts as the user's and is reported.</summary>
    public ChatRole Role(JsonValue role, ChatRole whenMissing)
    {
        switch (role.Text)
        {
            case "user" or "human": return ChatRole.User;
            case "assistant" or "model": return ChatRole.Assistant;
            case "system" or "developer": return ChatRole.System;
            case "tool" or "function": return ChatRole.Tool;
            case null:
                Report(".role", $"A role is missing; read as {whenMissing.Value}.");
                return whenMissing;
            case var other:
                Report(".role", $"The role \"{other}\" is unknown; read as user.");
                return ChatRole.User;
        }
    }
}

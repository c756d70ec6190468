namespace Slipway.Server.Services.Format;

/// <summary>A value in a service definition before it means anything, with the place where it stands: "line 3, column 9" or "health.port".</summary>
internal abstract record Node(string Place);

/// <summary>One value. <paramref name="Quoted"/>: it was written as text on purpose, so "true" is not a flag and "" is not nothing.</summary>
internal sealed record ScalarNode(string Place, string Text, bool Quoted = true) : Node(Place)
{
    public bool IsNothing => !Quoted && Text is ("" or "~" or "null" or "Null" or "NULL");

    public static ScalarNode Nothing(string place) => new(place, "", Quoted: false);
}

internal sealed record ListNode(string Place, IReadOnlyList<Node> Items) : Node(Place);

internal sealed record MapNode(string Place, IReadOnlyList<MapEntry> Entries) : Node(Place)
{
    /// <summary>Where a key stands, for mistakes between keys.</summary>
    public string PlaceOf(string key) => Entries.FirstOrDefault(entry => entry.Key.Text == key)?.Key.Place ?? Place;
}

internal sealed record MapEntry(ScalarNode Key, Node Value);

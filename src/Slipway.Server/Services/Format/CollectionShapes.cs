using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Slipway.Server.Services.Format;

internal sealed class ListShape<T>(string says, Shape<T> item, int minimum, int maximum) : Shape<IReadOnlyList<T>>
{
    public override string Says => says;

    public override IEnumerable<IRecordShape> Parts => item is IRecordShape record ? record.WithParts(item) : item.Parts;

    public override bool IsNothing(IReadOnlyList<T> value) => value.Count == 0;

    public override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out IReadOnlyList<T> value)
    {
        if (node is not ListNode list || list.Items.Count < minimum || list.Items.Count > maximum)
            return Refuse(node, mistakes, out value);

        var items = new List<T>();
        foreach (var part in list.Items)
        {
            if (item.TryRead(part, mistakes, out var read))
                items.Add(read);
        }

        value = items;
        return items.Count == list.Items.Count;
    }

    public override Node Write(IReadOnlyList<T> value, string place) =>
        new ListNode(place, [.. value.Select((part, index) => item.Write(part, string.Create(CultureInfo.InvariantCulture, $"{place}[{index}]")))]);

    public override JsonObject Schema() =>
        new() { ["type"] = "array", ["items"] = item.Schema(), ["minItems"] = minimum, ["maxItems"] = maximum };
}

/// <summary>Any number of named values. Kept in the order of their names, so that the same content is always the same.</summary>
internal sealed class MapShape<TKey, TValue>(string says, Shape<TKey> key, Shape<TValue> item, int maximum) : Shape<IReadOnlyDictionary<TKey, TValue>>
    where TKey : notnull
{
    public override string Says => says;

    public override IEnumerable<IRecordShape> Parts => item is IRecordShape record ? [record] : item.Parts;

    public override bool IsNothing(IReadOnlyDictionary<TKey, TValue> value) => value.Count == 0;

    public override bool TryRead(Node node, Mistakes mistakes, [MaybeNullWhen(false)] out IReadOnlyDictionary<TKey, TValue> value)
    {
        if (node is not MapNode map || map.Entries.Count > maximum)
            return Refuse(node, mistakes, out value);

        var items = new Dictionary<TKey, TValue>();
        foreach (var entry in map.Entries.OrderBy(entry => entry.Key.Text, StringComparer.Ordinal))
        {
            // Both, so that both are reported.
            if (key.TryRead(entry.Key, mistakes, out var name) & item.TryRead(entry.Value, mistakes, out var read))
                items[name!] = read!;
        }

        value = items;
        return items.Count == map.Entries.Count;
    }

    public override Node Write(IReadOnlyDictionary<TKey, TValue> value, string place) =>
        new MapNode(place, [.. value.Select(pair => new MapEntry(new(place, $"{pair.Key}"), item.Write(pair.Value, $"{place}.{pair.Key}")))]);

    public override JsonObject Schema() => new()
    {
        ["type"] = "object",
        ["propertyNames"] = key.Schema(),
        ["additionalProperties"] = item.Schema(),
        ["maxProperties"] = maximum,
    };
}

/// <summary>Settings of a deployment type that this server's format does not know: kept as they are.</summary>
internal sealed class AnyShape : Shape<System.Text.Json.JsonElement>
{
    public override string Says => "the settings of the deployment type, as keys";

    public override bool TryRead(Node node, Mistakes mistakes, out System.Text.Json.JsonElement value)
    {
        if (node is not MapNode)
            return Refuse(node, mistakes, out value);

        using var document = System.Text.Json.JsonDocument.Parse(ToJson(node)!.ToJsonString());
        value = document.RootElement.Clone();
        return true;
    }

    public override Node Write(System.Text.Json.JsonElement value, string place) => FromJson(value, place);

    public override JsonObject Schema() => new() { ["type"] = "object" };

    internal static JsonNode? ToJson(Node node) => node switch
    {
        MapNode map => new JsonObject(map.Entries.Select(entry => KeyValuePair.Create(entry.Key.Text, ToJson(entry.Value)))),
        ListNode list => new JsonArray([.. list.Items.Select(ToJson)]),
        ScalarNode { Quoted: true } text => JsonValue.Create(text.Text),
        ScalarNode { IsNothing: true } => null,
        ScalarNode { Text: "true" } => JsonValue.Create(true),
        ScalarNode { Text: "false" } => JsonValue.Create(false),
        ScalarNode scalar when long.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        ScalarNode scalar when decimal.TryParse(scalar.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) =>
            JsonValue.Create(number),
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        _ => null,
    };

    private static Node FromJson(System.Text.Json.JsonElement value, string place) => value.ValueKind switch
    {
        System.Text.Json.JsonValueKind.Object => new MapNode(
            place,
            [.. value.EnumerateObject().Select(part => new MapEntry(new(place, part.Name), FromJson(part.Value, $"{place}.{part.Name}")))]),
        System.Text.Json.JsonValueKind.Array => new ListNode(place, [.. value.EnumerateArray().Select(part => FromJson(part, place))]),
        System.Text.Json.JsonValueKind.String => new ScalarNode(place, value.GetString()!),
        System.Text.Json.JsonValueKind.Null => ScalarNode.Nothing(place),
        _ => new ScalarNode(place, value.GetRawText(), Quoted: false),
    };
}

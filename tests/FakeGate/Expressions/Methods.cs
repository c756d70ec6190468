using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Expressions;

/// <summary>The methods of texts, lists and maps that expressions call.</summary>
internal static class Methods
{
    public static JsonNode? Call(JsonNode? value, string name, List<JsonNode?> given) => value switch
    {
        null => throw new ExpressionException($"EL1011E: Method call: Attempted to call method {name}() on null context object"),
        JsonArray list => OfList(list, name, given),
        JsonObject map => OfMap(map, name, given),
        _ => OfText(Values.Text(value)!, name, given),
    };

    private static JsonNode? OfText(string text, string name, List<JsonNode?> given)
    {
        var first = given.Count > 0 ? Values.Text(given[0]) ?? "" : "";
        return name switch
        {
            "toString" => text,
            "trim" => text.Trim(),
            "toLowerCase" => text.ToLowerInvariant(),
            "toUpperCase" => text.ToUpperInvariant(),
            "length" => text.Length,
            "isEmpty" => text.Length == 0,
            "contains" => text.Contains(first, StringComparison.Ordinal),
            "startsWith" => text.StartsWith(first, StringComparison.Ordinal),
            "endsWith" => text.EndsWith(first, StringComparison.Ordinal),
            "equals" => text == first,
            "equalsIgnoreCase" => text.Equals(first, StringComparison.OrdinalIgnoreCase),
            "replace" => text.Replace(first, Values.Text(given[1]), StringComparison.Ordinal),
            "split" => new JsonArray([.. text.Split(first).Select(part => (JsonNode)part)]),
            _ => throw Unknown(name),
        };
    }

    private static JsonNode? OfList(JsonArray list, string name, List<JsonNode?> given) => name switch
    {
        "size" => list.Count,
        "isEmpty" => list.Count == 0,
        "get" => Values.Index(list, given[0]),
        "contains" => list.Any(item => Values.Text(item) == Values.Text(given[0])),
        "toString" => list.ToJsonString(),
        _ => throw Unknown(name),
    };

    private static JsonNode? OfMap(JsonObject map, string name, List<JsonNode?> given) => name switch
    {
        "get" => Values.Index(map, given[0]),
        "containsKey" => map.ContainsKey(Values.Text(given[0]) ?? ""),
        "isEmpty" => map.Count == 0,
        "size" => map.Count,
        "toString" => map.ToJsonString(),
        _ => throw Unknown(name),
    };

    private static ExpressionException Unknown(string name) => new($"EL1004E: Method call: Method {name}() cannot be found");
}

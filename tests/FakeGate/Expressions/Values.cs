using System.Globalization;
using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Expressions;

/// <summary>What can be done with the values of expressions.</summary>
internal static class Values
{
    public static string? Text(JsonNode? value) => value switch
    {
        null => null,
        JsonValue single when single.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(),
    };

    public static bool Truth(JsonNode? value) => Text(value) switch
    {
        "true" => true,
        "false" => false,
        _ => throw new ExpressionException("EL1001E: Type conversion problem, cannot convert to java.lang.Boolean"),
    };

    public static double Number(JsonNode? value) => double.TryParse(Text(value), CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new ExpressionException("EL1001E: Type conversion problem, cannot convert to a number");

    public static JsonNode Compare(JsonNode? left, string sign, JsonNode? right)
    {
        if (sign is "==" or "!=")
            return Text(left) == Text(right) == (sign == "==");

        var order = double.TryParse(Text(left), CultureInfo.InvariantCulture, out var a) && double.TryParse(Text(right), CultureInfo.InvariantCulture, out var b)
            ? a.CompareTo(b)
            : string.CompareOrdinal(Text(left), Text(right));
        return sign switch
        {
            "<" => order < 0,
            "<=" => order <= 0,
            ">" => order > 0,
            _ => order >= 0,
        };
    }

    public static JsonNode Add(JsonNode? left, JsonNode? right) =>
        left is JsonValue a && a.TryGetValue<double>(out var x) && right is JsonValue b && b.TryGetValue<double>(out var y)
            ? x + y
            : (Text(left) ?? "null") + (Text(right) ?? "null");

    /// <summary>A map that has no such key has no such property, other than by index.</summary>
    public static JsonNode? Property(JsonNode? value, string name) => value switch
    {
        null => throw new ExpressionException($"EL1007E: Property or field '{name}' cannot be found on null"),
        JsonObject map when map.TryGetPropertyValue(name, out var member) => member,
        _ => throw new ExpressionException($"EL1008E: Property or field '{name}' cannot be found on object of type 'java.util.LinkedHashMap' - maybe not public or not valid?"),
    };

    public static JsonNode? Index(JsonNode? value, JsonNode? index) => value switch
    {
        JsonObject map => map[Text(index) ?? ""],
        JsonArray list when (int)Number(index) is var i && i >= 0 && i < list.Count => list[i],
        JsonArray => throw new ExpressionException("EL1025E: The collection has no such element"),
        _ => throw new ExpressionException("EL1012E: Cannot index into a null value"),
    };
}

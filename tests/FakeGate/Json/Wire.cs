using System.Text.Json.Nodes;

namespace Slipway.FakeGate.Json;

/// <summary>JSON as Spinnaker's free maps are: built by key, copied wherever it is put.</summary>
internal static class Wire
{
    public static JsonObject Object(params ReadOnlySpan<(string Key, JsonNode? Value)> members)
    {
        JsonObject made = [];
        foreach (var (key, value) in members)
            made[key] = value;

        return made;
    }

    public static JsonArray Array(IEnumerable<JsonNode?> items) => [.. items];

    public static JsonArray Texts(IEnumerable<string> items) => [.. items.Select(item => (JsonNode)item)];

    public static JsonNode? Millis(DateTimeOffset? at) => at is { } time ? time.ToUnixTimeMilliseconds() : null;

    public static JsonObject Copy(this JsonObject source) => (JsonObject)source.DeepClone();

    public static JsonNode? Copy(this JsonNode? source) => source?.DeepClone();

    public static JsonObject WithoutNulls(this JsonObject source)
    {
        foreach (var key in source.Where(member => member.Value is null).Select(member => member.Key).ToList())
            source.Remove(key);

        return source;
    }

    public static JsonObject Merge(this JsonObject into, JsonObject? from)
    {
        foreach (var (key, value) in from ?? [])
            into[key] = value.Copy();

        return into;
    }

    public static JsonObject Only(this JsonObject source, params ReadOnlySpan<string> keys)
    {
        JsonObject made = [];
        foreach (var key in keys)
        {
            if (source.TryGetPropertyValue(key, out var value))
                made[key] = value.Copy();
        }

        return made;
    }

    /// <summary>Null for what is absent, null or no text; numbers and truths in their JSON form.</summary>
    public static string? Text(this JsonObject source, string key) => source[key] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        JsonValue value => value.ToJsonString(),
        _ => null,
    };

    /// <summary>A number, or a text that is one: Orca reads both.</summary>
    public static double? Number(this JsonObject source, string key) =>
        double.TryParse(source.Text(key), System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool? Truth(this JsonObject source, string key) => bool.TryParse(source.Text(key), out var truth) ? truth : null;

    public static IReadOnlyList<string> List(this JsonObject source, string key) =>
        source[key] is JsonArray items ? [.. items.Select(item => item?.ToString() ?? "")] : [];

    public static IEnumerable<JsonObject> Objects(this JsonObject source, string key) => (source[key] as JsonArray)?.OfType<JsonObject>() ?? [];

    public static JsonObject Inner(this JsonObject source, string key) => source[key] as JsonObject ?? [];
}

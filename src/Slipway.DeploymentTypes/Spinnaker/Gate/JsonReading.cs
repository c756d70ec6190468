using System.Text.Json;

namespace Slipway.DeploymentTypes.Spinnaker.Gate;

/// <summary>Gate's answers are free maps: any field may be absent, null or of another kind, and none of that is an error.</summary>
internal static class JsonReading
{
    public static JsonElement? Field(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined) ? value : null;

    public static JsonElement? Field(this JsonElement? element, string name) => element?.Field(name);

    public static string? Text(this JsonElement element, string name) => element.Field(name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } scalar => scalar.GetRawText(),
        _ => null,
    };

    public static string? Text(this JsonElement? element, string name) => element?.Text(name);

    public static int Number(this JsonElement? element, string name) =>
        element.Field(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;

    public static bool Flag(this JsonElement element, string name) => element.Field(name) is { ValueKind: JsonValueKind.True };

    /// <summary>Milliseconds since 1970, as a number or as text.</summary>
    public static DateTimeOffset? Time(this JsonElement element, string name) => element.Field(name) switch
    {
        { ValueKind: JsonValueKind.Number } number when number.TryGetInt64(out var milliseconds) && IsTime(milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        { ValueKind: JsonValueKind.String } text when long.TryParse(text.GetString(), out var milliseconds) && IsTime(milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds),
        _ => null,
    };

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) => element.Field(name).Items();

    public static IEnumerable<JsonElement> Items(this JsonElement? element, string name) => element.Field(name).Items();

    public static IEnumerable<JsonElement> Items(this JsonElement? element) => element is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    public static IEnumerable<JsonProperty> Entries(this JsonElement? element) => element is { ValueKind: JsonValueKind.Object } map ? map.EnumerateObject() : [];

    public static IEnumerable<string> Texts(this JsonElement element, string name) =>
        element.Items(name).Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!);

    private static bool IsTime(long milliseconds) => milliseconds is > 0 and < 253_402_300_799_999;
}

using System.Text.Json;

namespace Slipway.Judging.Tests.Kayenta;

/// <summary>Kayenta's published cases (judge-vectors.json says where each is from).</summary>
internal static class Vectors
{
    private static readonly JsonElement All = Load();

    /// <summary>The ids of a section; a theory's rows.</summary>
    public static TheoryData<string> Ids(string section, Func<JsonElement, bool>? which = null) =>
        [.. All.GetProperty(section).EnumerateArray().Where(which ?? (_ => true)).Select(one => one.GetProperty("id").GetString()!)];

    public static JsonElement Get(string section, string id) => All.GetProperty(section).EnumerateArray().Single(one => one.GetProperty("id").GetString() == id);

    public static int Count(string section) => All.GetProperty(section).GetArrayLength();

    public static string Text(this JsonElement one, string name) => one.GetProperty(name).GetString()!;

    public static double Number(this JsonElement one) => one.ValueKind == JsonValueKind.String && one.GetString() == "NaN" ? double.NaN : one.GetDouble();

    public static double Number(this JsonElement one, string name) => one.GetProperty(name).Number();

    public static double[] Numbers(this JsonElement one, string name) => [.. one.GetProperty(name).EnumerateArray().Select(Number)];

    public static bool Has(this JsonElement one, string name, out JsonElement field) => one.TryGetProperty(name, out field);

    private static JsonElement Load() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Kayenta", "judge-vectors.json"))).RootElement;
}

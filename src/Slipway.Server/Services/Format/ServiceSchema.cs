using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Slipway.Server.Services.Format;

/// <summary>The format as a JSON Schema, for editors.</summary>
internal static class ServiceSchema
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        IndentSize = 2,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        TypeInfoResolver = new System.Text.Json.Serialization.Metadata.DefaultJsonTypeInfoResolver(),
    };

    public static string Json()
    {
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = "urn:slipway:slipway.yaml",
            ["title"] = "slipway.yaml",
            ["description"] = "How a service is run, checked, stopped and deployed by Slipway.",
        };
        foreach (var (key, value) in ServiceFormat.Definition.Schema().ToList())
            schema[key] = value?.DeepClone();

        return schema.ToJsonString(Readable) + "\n";
    }
}

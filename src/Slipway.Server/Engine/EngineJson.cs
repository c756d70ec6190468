using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Slipway.Contracts;

namespace Slipway.Server.Engine;

/// <summary>How the engine writes its own records: as the contracts, by reflection for what only the server knows.</summary>
internal static class EngineJson
{
    public static JsonSerializerOptions Options { get; } = new(ContractsJson.Default.Options)
    {
        TypeInfoResolver = JsonTypeInfoResolver.Combine(ContractsJson.Default, new DefaultJsonTypeInfoResolver()),
    };

    public static string Write<T>(T value) => JsonSerializer.Serialize(value, Options);

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, Options)!;
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>What a soak remembers between calls.</summary>
/// <param name="Since">Since when everything has been healthy.</param>
/// <param name="Restarts">How often each instance's agent had started the service again, when it was last heard.</param>
/// <param name="Because">What made the time begin anew.</param>
internal sealed record SoakMemory(DateTimeOffset Since, IReadOnlyDictionary<string, int> Restarts, string? Because)
{
    public static SoakMemory? Read(JsonElement? memory) => memory is { } written ? written.Deserialize(SoakMemoryJson.Default.SoakMemory) : null;

    public JsonElement Write() => JsonSerializer.SerializeToElement(this, SoakMemoryJson.Default.SoakMemory);
}

[JsonSerializable(typeof(SoakMemory))]
internal sealed partial class SoakMemoryJson : JsonSerializerContext;

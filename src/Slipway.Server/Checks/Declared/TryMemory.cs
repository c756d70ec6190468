using System.Text.Json;
using Slipway.Server.Engine;

namespace Slipway.Server.Checks.Declared;

/// <summary>What a check that is tried several times remembers from one call to the next.</summary>
internal sealed record TryMemory
{
    public int Tries { get; init; }

    public int Failed { get; init; }

    /// <summary>In a row, up to now.</summary>
    public int Passed { get; init; }

    /// <summary>When the row of passed tries began.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Being woken by something else must not make a try of it.</summary>
    public DateTimeOffset? NextAt { get; init; }

    public static TryMemory Of(JsonElement? memory) => memory?.Deserialize<TryMemory>(EngineJson.Options) ?? new();

    public JsonElement Write() => JsonSerializer.SerializeToElement(this, EngineJson.Options);
}

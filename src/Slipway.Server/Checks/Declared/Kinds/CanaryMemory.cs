using System.Text.Json;
using Slipway.Server.Engine;

namespace Slipway.Server.Checks.Declared.Kinds;

/// <summary>What a canary check remembers: the scores of its intervals.</summary>
internal sealed record CanaryMemory
{
    public IReadOnlyList<double> Scores { get; init; } = [];

    /// <summary>When Prometheus is asked again after it could not be.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    public static CanaryMemory Of(JsonElement? memory) => memory?.Deserialize<CanaryMemory>(EngineJson.Options) ?? new();

    public JsonElement Write() => JsonSerializer.SerializeToElement(this, EngineJson.Options);
}

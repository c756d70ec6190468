using System.Text.Json;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>The tasks that a way back has started, by region (the canary's by region and name), and when the last was seen to have ended.</summary>
internal sealed record WayBackMemory
{
    public IReadOnlyDictionary<string, string> Tasks { get; init; } = new Dictionary<string, string>();

    public DateTimeOffset? EndedAt { get; init; }

    public static WayBackMemory Read(JsonElement? memory) => memory?.Deserialize<WayBackMemory>() ?? new();

    public JsonElement Write() => JsonSerializer.SerializeToElement(this);

    public WayBackMemory With(string region, string task) => this with { Tasks = new Dictionary<string, string>(Tasks) { [region] = task }, EndedAt = null };
}

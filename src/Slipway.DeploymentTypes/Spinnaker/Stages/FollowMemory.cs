using System.Text.Json;

namespace Slipway.DeploymentTypes.Spinnaker.Stages;

/// <summary>What a stage that follows an execution remembers between calls.</summary>
internal sealed record FollowMemory
{
    /// <summary>The pause that the engine knows of; another one was made by somebody in Spinnaker.</summary>
    public long? Pause { get; init; }

    /// <summary>How often an answer to a judgment was given without effect.</summary>
    public int Answered { get; init; }

    public static FollowMemory Read(JsonElement? memory) => memory?.Deserialize<FollowMemory>() ?? new();

    public JsonElement Write() => JsonSerializer.SerializeToElement(this);
}

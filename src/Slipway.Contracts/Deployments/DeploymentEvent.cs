using System.Text.Json;
using Slipway.Contracts.Ids;

namespace Slipway.Contracts.Deployments;

/// <summary>Something that happened to a deployment. Events are only ever added.</summary>
public sealed record DeploymentEvent
{
    /// <summary>Position among the events of everything; what <c>Last-Event-ID</c> of /api/v1/events means.</summary>
    public required long Id { get; init; }

    public required DeploymentId Deployment { get; init; }

    public required ServiceName Service { get; init; }

    public required EnvironmentName Environment { get; init; }

    /// <summary>Position among the events of its deployment, from 1 without gaps.</summary>
    public required long Sequence { get; init; }

    /// <summary>created, started, stageStarted, stageSucceeded, stageFailed, stageErrored, pauseRequested, paused, resumed, cancelRequested, rollbackStarted, finished.</summary>
    public required string Type { get; init; }

    public required DateTimeOffset Time { get; init; }

    /// <summary>Who caused it; absent: the engine.</summary>
    public string? Actor { get; init; }

    /// <summary>One sentence for a person.</summary>
    public required string Message { get; init; }

    /// <summary>The event's own fields.</summary>
    public required JsonElement Data { get; init; }
}

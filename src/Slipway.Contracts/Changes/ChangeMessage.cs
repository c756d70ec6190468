using Slipway.Contracts.Deployments;

namespace Slipway.Contracts.Changes;

/// <summary>What the stream of changes carries: an event's <c>data</c> is the field that has the event's name.</summary>
public sealed record ChangeMessage
{
    /// <summary>Something happened to a deployment; the event's id is what <c>Last-Event-ID</c> resumes behind.</summary>
    public DeploymentEvent? Deployment { get; init; }

    public ProgressChanged? Progress { get; init; }

    public TargetsChanged? Targets { get; init; }

    public CatalogChanged? Catalog { get; init; }
}

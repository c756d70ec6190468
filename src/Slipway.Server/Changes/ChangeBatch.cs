using Slipway.Contracts.Ids;

namespace Slipway.Server.Changes;

/// <summary>What every reader is offered at one time.</summary>
internal sealed record ChangeBatch
{
    public IReadOnlyList<EventFrame> Events { get; init; } = [];

    public bool AllTargets { get; init; }

    public IReadOnlyCollection<TargetId> Targets { get; init; } = [];

    public IReadOnlyCollection<(DeploymentId Deployment, TargetId Target)> Progress { get; init; } = [];

    public IReadOnlyCollection<string> Kinds { get; init; } = [];

    public bool IsEmpty => !AllTargets && Events.Count + Targets.Count + Progress.Count + Kinds.Count == 0;
}

using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Versions;

namespace Slipway.DeploymentTypes;

/// <summary>What a plan is made for.</summary>
public sealed record PlanRequest
{
    public required TargetId Target { get; init; }

    public required Release Release { get; init; }

    /// <summary>What the target should run now. Null: nothing was deployed yet.</summary>
    public Release? Current { get; init; }

    /// <summary>Deploy; take the target back to an earlier version (the fast lane); or start anew what runs.</summary>
    public DeploymentKind Kind { get; init; }

    public bool IsRestart => Kind == DeploymentKind.Restart;

    public required Strategy Strategy { get; init; }

    /// <summary>The definition the version was published with.</summary>
    public required ServiceDefinition Definition { get; init; }

    /// <summary>What was made outside of Slipway for the release's version, newest first.</summary>
    public IReadOnlyList<ArtifactReference> References { get; init; } = [];

    /// <summary>What was made once for the version is to be made anew.</summary>
    public bool Rebuild { get; init; }

    /// <summary>It runs already, outside; the plan says how it is followed.</summary>
    public OutsideRun? Outside { get; init; }
}

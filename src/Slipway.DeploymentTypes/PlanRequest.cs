using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes;

/// <summary>What a plan is made for.</summary>
public sealed record PlanRequest
{
    public required TargetId Target { get; init; }

    public required Release Release { get; init; }

    /// <summary>What the target should run now. Null: nothing was deployed yet.</summary>
    public Release? Current { get; init; }

    /// <summary>The release runs already and is to be started anew.</summary>
    public bool IsRestart { get; init; }

    public required Strategy Strategy { get; init; }

    /// <summary>The definition the version was published with.</summary>
    public required ServiceDefinition Definition { get; init; }
}

using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;

namespace Slipway.DeploymentTypes;

/// <summary>A plan, or why there can be none.</summary>
public abstract record PlanResult
{
    private PlanResult()
    {
    }

    public sealed record Planned(IReadOnlyList<PlannedStage> Stages) : PlanResult
    {
        public IReadOnlyList<InstanceName> Absent { get; init; } = [];

        public IReadOnlyList<string> Warnings { get; init; } = [];
    }

    /// <param name="Code">Stable, snake_case.</param>
    /// <param name="Reason">A sentence that says what to do.</param>
    public sealed record Impossible(string Code, string Reason) : PlanResult;
}

using Slipway.DeploymentTypes;

namespace Slipway.Server.Deployments;

/// <summary>The checks that a service's definition declares, as stages around those of its deployment type, whatever type that is.</summary>
internal interface ICheckStages
{
    /// <summary>What such a stage's kind is.</summary>
    const string Kind = "declaredCheck";

    /// <summary>The type's plan with the checks in it; or why one of them can not be asked.</summary>
    Task<PlanResult> PlanAsync(PlanRequest request, PlanResult.Planned planned, CancellationToken cancellation);

    /// <summary>As <see cref="IDeploymentType.RunAsync"/>.</summary>
    Task<StageResult> RunAsync(StageRun stage, CancellationToken cancellation);
}

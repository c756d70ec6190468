using Slipway.DeploymentTypes;
using Slipway.Server.Deployments;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>Nothing is declared.</summary>
internal sealed class NoChecks : ICheckStages
{
    public Task<PlanResult> PlanAsync(PlanRequest request, PlanResult.Planned planned, CancellationToken cancellation) => Task.FromResult<PlanResult>(planned);

    public Task<StageResult> RunAsync(StageRun stage, CancellationToken cancellation) => throw new InvalidOperationException("No check was planned.");
}

using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;

namespace Slipway.Server.Deployments;

/// <summary>Who runs a stage: the deployment type, or the declared checks, which no type knows of.</summary>
internal sealed class StageRunner(DeploymentTypeCatalog types, ICheckStages checks)
{
    public Task<StageResult> RunAsync(string type, StageRun stage, CancellationToken cancellation) => IsCheck(stage.Stage)
        ? checks.RunAsync(stage, cancellation)
        : types.Get(type).RunAsync(stage with { Begun = OfType(stage.Begun) }, cancellation);

    public Task<IReadOnlyList<PlannedStage>> PlanRollbackAsync(string type, RollbackRequest request, CancellationToken cancellation) =>
        types.Get(type).PlanRollbackAsync(request with { Begun = OfType(request.Begun) }, cancellation);

    private static bool IsCheck(PlannedStage stage) => stage.Kind == ICheckStages.Kind;

    private static IReadOnlyList<PlannedStage> OfType(IReadOnlyList<PlannedStage> stages) => [.. stages.Where(stage => !IsCheck(stage))];
}

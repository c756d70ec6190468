using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;

namespace Slipway.DeploymentTypes.Trigger;

/// <summary>Long-lived instances with agents: prepare everywhere, then activate batch after batch. Fast: seconds from publish to running.</summary>
public sealed class TriggerType(IFleet fleet, IVerdicts verdicts) : IDeploymentType
{
    public string Name => ServiceDefinition.Trigger;

    public bool NeedsArtifact => true;

    public async Task<PlanResult> PlanAsync(PlanRequest request, CancellationToken cancellation)
    {
        var members = await fleet.MembersAsync(request.Target, cancellation);
        return TriggerPlan.Make(request, members);
    }

    public Task<StageResult> RunAsync(StageRun stage, CancellationToken cancellation) => stage.Stage.Kind switch
    {
        TriggerPlan.PrepareKind => new PrepareStage(fleet).RunAsync(stage, cancellation),
        TriggerPlan.ActivateKind or TriggerPlan.RestartKind => new ActivateStage(fleet, verdicts).RunAsync(stage, cancellation),
        TriggerPlan.SoakKind => new SoakStage(fleet, verdicts).RunAsync(stage, cancellation),
        TriggerPlan.VerdictKind => new VerdictStage(fleet, verdicts).RunAsync(stage, cancellation),
        TriggerPlan.RestoreKind => new RestoreStage(fleet).RunAsync(stage, cancellation),
        var kind => throw new InvalidOperationException($"The trigger type has no stage of kind {kind}."),
    };

    public Task<IReadOnlyList<PlannedStage>> PlanRollbackAsync(RollbackRequest request, CancellationToken cancellation)
    {
        InstanceName[] changed = [.. TriggerPlan.Changed(request.Begun)];
        IReadOnlyList<PlannedStage> stages = changed is []
            ? []
            : [TriggerPlan.Restore(changed, request.Previous, request.Definition)];
        return Task.FromResult(stages);
    }
}

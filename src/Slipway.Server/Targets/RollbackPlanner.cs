using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets;

/// <summary>What taking a target back would do now. Changes nothing.</summary>
internal sealed class RollbackPlanner(IDbContextFactory<SlipwayDb> databases, DeploymentStore store, DeploymentPlanner planner, DeploymentTypeCatalog types)
{
    public async Task<Outcome<Plan>> PlanAsync(TargetId target, RollbackRequest request, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await Read.FindAsync(db, target, cancellation);
        if (row?.RunningDeployment is { } running && await store.LoadAsync(running, cancellation) is { IsTerminal: false } state
            && (request.Version is null || request.Version == state.Previous?.Version))
            return await OfRunningAsync(db, row, state, cancellation);

        if (await WayBack.FindAsync(db, target, row, request, "", DeploymentId.New()) is not { } order)
            return WayBack.None(target);

        return (await planner.PlanAsync(order.Request, cancellation, DeploymentKind.Rollback)).Is(out var planned, out var refusal) ? planned.Plan : refusal;
    }

    /// <summary>The running deployment takes itself back.</summary>
    private async Task<Plan> OfRunningAsync(SlipwayDb db, TargetRow row, DeploymentState state, CancellationToken cancellation)
    {
        var (to, previous) = (state.Request.Release, state.Previous);
        var stages = await types.Get(state.Request.DeploymentType).PlanRollbackAsync(
            new()
            {
                Deployment = state.Id,
                Target = state.Target,
                Previous = previous,
                Definition = state.PreviousDefinition ?? state.Request.Definition,
                Begun = [.. state.Begun.Select(stage => stage.Plan)],
                Outputs = state.Outputs,
                PreviousReferences = state.PreviousReferences,
            },
            cancellation);
        return new()
        {
            Stages = stages,
            Changes = new()
            {
                FromVersion = to.Version,
                ToVersion = previous?.Version ?? to.Version,
                FromConfigRevision = to.ConfigRevision is > 0 and var from ? from : null,
                ToConfigRevision = previous?.ConfigRevision is > 0 and var back ? back : null,
            },
            Warnings = previous is null ? ["Nothing ran here before: it is stopped."] : [],
            ExpectedDuration = await PlanFacts.ExpectedDurationAsync(db, row, DeploymentKind.Rollback, new AllAtOnce(), cancellation),
        };
    }
}

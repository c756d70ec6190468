using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets;

internal static class RollBack
{
    public static void MapRollBack(this IEndpointRouteBuilder targets) => targets.MapPost("/{service}/{environment}/rollback", RollBackAsync)
        .Requires(Scope.Deploy)
        .Idempotent()
        .Produces<Deployment>(StatusCodes.Status201Created)
        .Produces<Plan>()
        .Refuses(StatusCodes.Status404NotFound, "version_not_found")
        .Refuses(StatusCodes.Status409Conflict, "nothing_to_roll_back_to")
        .WithName("RollBackTarget")
        .WithSummary("Take a target back")
        .WithDescription(
            "The fast lane: no canaries, no soaks. If a deployment runs, it takes itself back; else the previous good version (or the one named) is activated everywhere at once. "
            + "The target goes on hold. With dryRun the answer is the plan and nothing changes. Refusals: nothing_to_roll_back_to, version_not_found.");

    private static async Task<IResult> RollBackAsync(ServiceName service, EnvironmentName environment, RollbackRequest body, HttpContext context, IDbContextFactory<SlipwayDb> databases, RollbackPlanner planner, IGrainFactory grains, CancellationToken cancellation)
    {
        if (Reasons.Refuse(body.Reason) is { } invalid)
            return invalid.ToResult();

        var target = new TargetId(service, environment);
        await using (var db = await databases.CreateDbContextAsync(cancellation))
        {
            if (await Read.FindAsync(db, target, cancellation) is null)
                return Refusal.NotFound("target", target).ToResult();
        }

        if (body.DryRun)
            return (await planner.PlanAsync(target, body, cancellation)).Is(out var plan, out var impossible) ? TypedResults.Ok(plan) : impossible.ToResult();

        var answer = await grains.GetGrain<ITargetGrain>(target.Key).RollBackAsync(EngineJson.Write(body), Actor.Of(context), RequestedId.Of(context).Value);
        return answer.To<Deployment>().Is(out var deployment, out var refusal) ? TypedResults.Created($"/api/v1/deployments/{deployment.Id}", deployment) : refusal.ToResult();
    }
}

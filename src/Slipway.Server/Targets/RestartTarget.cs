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

internal static class RestartTarget
{
    public static void MapRestart(this IEndpointRouteBuilder targets) => targets.MapPost("/{service}/{environment}/restart", RestartAsync)
        .Requires(Scope.Deploy)
        .Idempotent()
        .Produces<Deployment>(StatusCodes.Status201Created)
        .Produces<Plan>()
        .Refuses(StatusCodes.Status409Conflict, "nothing_to_restart", "deployment_under_way", "no_instances")
        .WithName("RestartTarget")
        .WithSummary("Restart a target")
        .WithDescription(
            "A deployment of the very release that runs: in the target's strategy each instance is drained, stopped, started and must become healthy again before the next ones follow. "
            + "A hold stays, and a restart that fails says nothing about the version. With dryRun the answer is the plan and nothing changes.");

    private static async Task<IResult> RestartAsync(
        ServiceName service,
        EnvironmentName environment,
        RestartRequest? body,
        HttpContext context,
        IDbContextFactory<SlipwayDb> databases,
        DeploymentPlanner planner,
        IGrainFactory grains,
        CancellationToken cancellation)
    {
        var target = new TargetId(service, environment);
        var request = body ?? new();
        if (request.DryRun)
            return await PlanAsync(target, databases, planner, cancellation);

        var answer = await grains.GetGrain<ITargetGrain>(target.Key).RestartAsync(EngineJson.Write(request), Actor.Of(context), RequestedId.Of(context).Value);
        return answer.To<Deployment>().Is(out var deployment, out var refusal)
            ? TypedResults.Created($"/api/v1/deployments/{deployment.Id}", deployment)
            : refusal.ToResult();
    }

    private static async Task<IResult> PlanAsync(TargetId target, IDbContextFactory<SlipwayDb> databases, DeploymentPlanner planner, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await Read.FindAsync(db, target, cancellation);
        if (RestartRules.Refuse(target, row) is { } notNow)
            return notNow.ToResult();

        var again = RestartRules.Again(new() { Service = target.Service, Environment = target.Environment }, row!);
        return (await planner.PlanAsync(again, cancellation, DeploymentKind.Restart)).Is(out var planned, out var refusal)
            ? TypedResults.Ok(planned.Plan)
            : refusal.ToResult();
    }
}

using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Engine;
using Slipway.Server.Targets;

namespace Slipway.Server.Deployments;

internal static class Create
{
    public static void MapCreate(this IEndpointRouteBuilder deployments) => deployments.MapPost("", CreateAsync)
        .Requires(Scope.Read)
        .Idempotent()
        .Produces<Deployment>(StatusCodes.Status201Created)
        .Produces<Plan>()
        .Refuses(StatusCodes.Status404NotFound, "service_not_found", "environment_not_found", "version_not_found", "config_revision_not_found")
        .Refuses(StatusCodes.Status409Conflict, "no_version", "no_instances")
        .WithName("CreateDeployment")
        .WithSummary("Deploy a version")
        .WithDescription(
            "Brings a target to a version and config revision. With dryRun the answer is the plan and nothing changes. Otherwise the deployment starts at once, or waits while another one runs on the target; "
            + "a newer waiting one supersedes an older. Deploying on purpose lifts a hold. With dryRun the scope read is enough; without, the scope deploy is needed.");

    private static async Task<IResult> CreateAsync(DeploymentRequest request, HttpContext context, DeploymentPlanner planner, IGrainFactory grains, CancellationToken cancellation)
    {
        var scope = request.DryRun ? Scope.Read : Scope.Deploy;
        if (AccessRules.Refuse(context.User, scope, request.Service, request.Environment) is { } forbidden)
            return forbidden.ToResult();

        if (Refuse(request) is { } invalid)
            return invalid.ToResult();

        if (request.DryRun)
            return (await planner.PlanAsync(request, cancellation)).Is(out var planned, out var refusal) ? TypedResults.Ok(planned.Plan) : refusal.ToResult();

        var target = new Contracts.Ids.TargetId(request.Service, request.Environment);
        var order = new DeploymentOrder { Id = RequestedId.Of(context), Request = request, By = Actor.Of(context) };
        var answer = await grains.GetGrain<ITargetGrain>(target.Key).RequestAsync(EngineJson.Write(order));
        return answer.To<Deployment>().Is(out var deployment, out var refused)
            ? TypedResults.Created($"/api/v1/deployments/{deployment.Id}", deployment)
            : refused.ToResult();
    }

    private static Refusal? Refuse(DeploymentRequest request) => request.ConfigRevision < 1
        ? Refusal.Invalid("configRevision", "Config revisions are numbered from 1. Leave it out to take the newest.")
        : Reasons.Refuse(request.Reason);
}

using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

/// <summary>Pause, resume, cancel, roll back, approve, reject: the same way, another verb of the grain.</summary>
internal static class Controls
{
    public static void MapControls(this IEndpointRouteBuilder deployments)
    {
        Map(deployments, "pause", "Pause a deployment", "It stops at the next safe point: between stages, while it only watches, or where the work outside can be stopped. Instances that were changed stay changed.", (grain, by, reason) => grain.PauseAsync(by, reason));
        Map(deployments, "resume", "Resume a deployment", "A paused deployment goes on; a watch that was interrupted starts over.", (grain, by, _) => grain.ResumeAsync(by));
        Map(deployments, "cancel", "Cancel a deployment", "One that waits ends at once. One that runs stops at the next safe point, and what it has changed is taken back.", (grain, by, reason) => grain.CancelAsync(by, reason));
        Map(deployments, "rollback", "Roll back a running deployment", "Everything it has changed goes back to what ran before, at once, in the middle of a stage too. The target goes on hold.", (grain, by, reason) => grain.RollBackAsync(by, reason));
        MapAnswer(deployments, "approve", approve: true, "Approve what a stage asks", "The running stage waits for a person's answer (its question says to what). Where the question has choices, one is needed.");
        MapAnswer(deployments, "reject", approve: false, "Reject what a stage asks", "The stage fails, and what the deployment has changed is taken back.");
    }

    private static void Map(IEndpointRouteBuilder deployments, string verb, string summary, string description, Func<IDeploymentGrain, string, string?, Task<GrainAnswer>> act) =>
        Describe(
            deployments.MapPost("/{deployment}/" + verb, (DeploymentId deployment, ControlRequest? body, HttpContext context, IDbContextFactory<SlipwayDb> databases, IGrainFactory grains, CancellationToken cancellation) =>
                ActAsync(deployment, body?.Reason, context, databases, grains, (grain, by) => act(grain, by, body?.Reason), cancellation)),
            verb, summary, description);

    private static void MapAnswer(IEndpointRouteBuilder deployments, string verb, bool approve, string summary, string description) =>
        Describe(
            deployments.MapPost("/{deployment}/" + verb, (DeploymentId deployment, ApprovalRequest? body, HttpContext context, IDbContextFactory<SlipwayDb> databases, IGrainFactory grains, CancellationToken cancellation) =>
                ActAsync(deployment, body?.Reason, context, databases, grains, (grain, by) => grain.AnswerAsync(approve, by, EngineJson.Write(body ?? new())), cancellation)),
            verb, summary, description).Refuses(StatusCodes.Status409Conflict, "nothing_to_approve");

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string verb, string summary, string description) => route
        .Requires(Scope.Deploy)
        .Produces<Deployment>()
        .Refuses(StatusCodes.Status409Conflict, "deployment_finished", "not_possible_now")
        .WithName(char.ToUpperInvariant(verb[0]) + verb[1..] + "Deployment")
        .WithSummary(summary)
        .WithDescription(description + " Asking twice changes nothing.");

    private static async Task<IResult> ActAsync(
        DeploymentId deployment, string? reason, HttpContext context, IDbContextFactory<SlipwayDb> databases, IGrainFactory grains, Func<IDeploymentGrain, string, Task<GrainAnswer>> act, CancellationToken cancellation)
    {
        if (await FindAsync(databases, deployment, cancellation) is not { } target)
            return Refusal.NotFound("deployment", deployment).ToResult();

        if (AccessRules.Refuse(context.User, Scope.Deploy, target.Service, target.Environment) is { } forbidden)
            return forbidden.ToResult();

        if (Reasons.Refuse(reason) is { } invalid)
            return invalid.ToResult();

        var answer = await act(grains.GetGrain<IDeploymentGrain>(deployment.Value), Actor.Of(context));
        return answer.To<Deployment>().Is(out var changed, out var refusal) ? TypedResults.Ok(changed) : refusal.ToResult();
    }

    private static async Task<TargetId?> FindAsync(IDbContextFactory<SlipwayDb> databases, DeploymentId deployment, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Id == deployment)
            .Select(row => new { row.Service, row.Environment })
            .FirstOrDefaultAsync(cancellation);
        return row is null ? null : new(row.Service, row.Environment);
    }
}

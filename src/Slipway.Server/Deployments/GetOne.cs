using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

internal static class GetOne
{
    public static void MapGetOne(this IEndpointRouteBuilder deployments) => deployments.MapGet("/{deployment}", GetAsync)
        .Requires(Scope.Read)
        .Produces<Deployment>()
        .WithName("GetDeployment")
        .WithSummary("Show a deployment")
        .WithDescription("The plan, how far each stage is, and, where it failed, the cause with its evidence.");

    private static async Task<IResult> GetAsync(DeploymentId deployment, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<DeploymentRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == deployment, cancellation) is { } row
            ? TypedResults.Ok(row.View)
            : Refusal.NotFound("deployment", deployment).ToResult();
    }
}

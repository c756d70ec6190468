using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Slipway.Contracts;
using Slipway.Contracts.Access;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

internal static class InstanceProgressPage
{
    public static void MapInstanceProgress(this IEndpointRouteBuilder deployments) => deployments.MapGet("/{deployment}/instances", ListAsync)
        .Requires(Scope.Read)
        .Produces<Page<InstanceProgress>>()
        .WithName("ListDeploymentInstances")
        .WithSummary("List the instances of a deployment")
        .WithDescription("What each instance does or did in this deployment, in the order in which the deployment reached them. A failed one carries the last lines of its output.");

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, DeploymentId deployment, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        if (!page.Read().Is(out var slice, out var refusal))
            return refusal.ToResult();

        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (!await db.Set<DeploymentRow>().AnyAsync(row => row.Id == deployment, cancellation))
            return Refusal.NotFound("deployment", deployment).ToResult();

        var after = slice.AfterParts(1) is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var order) ? order : -1;
        var rows = await db.Set<ProgressRow>().AsNoTracking()
            .Where(row => row.Deployment == deployment && row.Order > after)
            .OrderBy(row => row.Order)
            .Take(slice.Take)
            .ToListAsync(cancellation);
        return TypedResults.Ok(slice.ToPage(rows, row => Slice.Key(row.Order), row => row.Progress));
    }
}

using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Configuration;
using Slipway.Server.Instances;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;
using Slipway.Server.Targets.Observing;
using Slipway.Server.Versions;

namespace Slipway.Server.Services;

/// <summary>Removes a service with its targets, versions and config. Its deployments stay in the record, its definitions for their numbers.</summary>
internal static class DeleteService
{
    public static void Map(RouteGroupBuilder services) =>
        services.MapDelete("/{service}", DeleteAsync)
            .Requires(Scope.Admin)
            .Produces(StatusCodes.Status204NoContent)
            .WithName("DeleteService")
            .WithSummary("Delete a service")
            .WithDescription("Removes a service with its targets, versions and config revisions. Refused with service_in_use while an instance runs it or a deployment is under way.");

    private static async Task<IResult> DeleteAsync(ServiceName service, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Set<ServiceRow>().SingleOrDefaultAsync(row => row.Name == service, cancellation) is not { } row)
            return Refusal.NotFound("service", service).ToResult();

        var instances = await db.Set<AssignmentRow>()
            .Where(other => other.Service == service && other.Member && other.Version != null)
            .Select(other => other.Instance).ToListAsync(cancellation);
        if (instances.Count > 0)
            return InUse($"{instances.Count} instances run {service}, among them {instances[0]}. Remove the instances, or take the service from them, first.");

        var targets = await db.Set<TargetRow>().Where(other => other.Service == service).ToListAsync(cancellation);
        if (targets.FirstOrDefault(target => target.RunningDeployment is not null || target.QueuedDeployment is not null) is { } busy)
            return InUse($"The deployment {busy.RunningDeployment ?? busy.QueuedDeployment} to {busy.Environment} is under way. Cancel it or wait for its end.");

        db.RemoveRange(targets);
        db.RemoveRange(await db.Set<VersionRow>().Where(other => other.Service == service).ToListAsync(cancellation));
        db.RemoveRange(await db.Set<ObservationRow>().Where(other => other.Service == service).ToListAsync(cancellation));
        db.RemoveRange(await db.Set<ReferenceRow>().Where(other => other.Service == service).ToListAsync(cancellation));
        db.RemoveRange(await db.Set<ConfigRevisionRow>().Where(other => other.Service == service).ToListAsync(cancellation));
        db.Remove(row);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateConcurrencyException)
        {
            return InUse($"{service} was changed in the same moment. Look at it again, then delete it.");
        }

        return TypedResults.NoContent();
    }

    private static IResult InUse(string detail) => Refusal.Conflict("service_in_use", detail).ToResult();
}

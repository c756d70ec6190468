using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Access;
using Slipway.Contracts.Ids;
using Slipway.Server.Access;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Instances;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Versions;

/// <summary>Removes a version that nothing runs and nothing would go back to. Its artifact goes with the next sweep, if no other version uses it.</summary>
internal static class DeleteVersion
{
    public static void Map(RouteGroupBuilder versions) =>
        versions.MapDelete("/{version}", DeleteAsync)
            .Requires(Scope.Admin)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(StatusCodes.Status409Conflict, "version_in_use")
            .WithName("DeleteVersion")
            .WithSummary("Delete a version")
            .WithDescription("Refused with version_in_use while an instance should run it, a target has it as current or previous version, or a deployment of it is under way.");

    private static async Task<IResult> DeleteAsync(ServiceName service, VersionName version, IDbContextFactory<SlipwayDb> databases, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Set<VersionRow>().SingleOrDefaultAsync(row => row.Service == service && row.Version == version, cancellation) is not { } row)
            return Refusal.NotFound("version", $"{service} {version}").ToResult();

        if (await FindUseAsync(db, service, version, cancellation) is { } use)
            return Refusal.Conflict("version_in_use", $"{service} {version} {use}. Deploy another version there first.").ToResult();

        db.Remove(row);
        db.RemoveRange(await db.Set<ReferenceRow>().Where(reference => reference.Service == service && reference.Version == version).ToListAsync(cancellation));
        await db.SaveChangesAsync(cancellation);
        return TypedResults.NoContent();
    }

    private static async Task<string?> FindUseAsync(SlipwayDb db, ServiceName service, VersionName version, CancellationToken cancellation)
    {
        var targets = await db.Set<TargetRow>().AsNoTracking().Where(target => target.Service == service).ToListAsync(cancellation);
        if (targets.FirstOrDefault(target => target.Version == version) is { } current)
            return $"is what {current.Environment} runs";

        if (targets.FirstOrDefault(target => target.PreviousVersion == version) is { } previous)
            return $"is what {previous.Environment} would go back to";

        var deployment = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(other => other.Service == service && other.Version == version && other.FinishedAt == null)
            .Select(other => (DeploymentId?)other.Id).FirstOrDefaultAsync(cancellation);
        if (deployment is { } underWay)
            return $"is being deployed by {underWay}";

        var assigned = await db.Set<AssignmentRow>().AsNoTracking()
            .Where(other => other.Service == service && other.Version == version && other.Member)
            .Select(other => (InstanceName?)other.Instance).FirstOrDefaultAsync(cancellation);
        return assigned is { } instance ? $"is assigned to the instance {instance}" : null;
    }
}

using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Contracts.Targets;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets;

/// <summary>What brings back the version before, or the one that is named.</summary>
internal static class WayBack
{
    /// <summary>Null: there is none.</summary>
    public static async Task<DeploymentOrder?> FindAsync(SlipwayDb db, TargetId target, TargetRow? row, RollbackRequest request, string by, DeploymentId id)
    {
        if ((request.Version ?? row?.PreviousVersion) is not { } version)
            return null;

        // With the settings it ran with, none included: what is taken back may be the settings.
        var config = request.Version is null ? row!.PreviousConfigRevision : await LastGoodConfigAsync(db, target, version);

        return new()
        {
            Id = id,
            By = by,
            IsRollback = true,
            Request = new()
            {
                Service = target.Service,
                Environment = target.Environment,
                Version = version,
                ConfigRevision = config,
                Strategy = new AllAtOnce(),
                Reason = request.Reason,
            },
        };
    }

    public static Refusal None(TargetId target) =>
        Refusal.Conflict("nothing_to_roll_back_to", $"{target} has no earlier good version. Deploy one on purpose (slipway deploy {target.Service} <version> --to {target.Environment}).");

    private static Task<int?> LastGoodConfigAsync(SlipwayDb db, TargetId target, VersionName version)
    {
        var (service, environment) = target;
        return db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Service == service && row.Environment == environment && row.Version == version && row.Status == DeploymentStatus.Succeeded)
            .OrderByDescending(row => row.FinishedAt)
            .Select(row => (int?)row.ConfigRevision)
            .FirstOrDefaultAsync();
    }
}

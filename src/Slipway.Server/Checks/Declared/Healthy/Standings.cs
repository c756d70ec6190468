using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Checks.Verdicts;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;
using Slipway.Server.Targets.Observing;
using Slipway.Server.Versions;

namespace Slipway.Server.Checks.Declared.Healthy;

/// <summary>Reads what stands in an environment. Every node answers the same: what is stored, and what agents said last, which nodes tell one another.</summary>
internal sealed class Standings(IDbContextFactory<SlipwayDb> databases, VerdictStore verdicts, Observations observations, IFleet fleet)
{
    /// <param name="wanted">The version that is asked for.</param>
    /// <param name="hasInstances">The target's instances run agents.</param>
    /// <returns>Null: there is no such target.</returns>
    public async Task<Standing?> FindAsync(TargetId target, VersionName wanted, bool hasInstances, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await db.Set<TargetRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == service && row.Environment == environment, cancellation) is not { } row)
            return null;

        var deployments = db.Set<DeploymentRow>().AsNoTracking();
        List<DeploymentId> ids = [.. new[] { row.RunningDeployment, row.QueuedDeployment }.OfType<DeploymentId>()];
        var coming = await deployments.Where(other => EF.Parameter(ids).Contains(other.Id)).Select(other => new { other.Id, other.Version }).ToListAsync(cancellation);
        var running = coming.Find(other => other.Version == wanted) ?? coming.Find(other => other.Id == row.RunningDeployment);
        var last = await deployments
            .Where(other => other.Service == service && other.Environment == environment && other.StartedAt != null && other.FinishedAt != null)
            .OrderByDescending(other => other.FinishedAt)
            .Select(other => new { other.Id, other.Status, other.FinishedAt })
            .FirstOrDefaultAsync(cancellation);
        return new()
        {
            Version = row.Version,
            DeployedAt = row.DeployedAt,
            Running = running is null ? null : (running.Id, running.Version),
            Last = last is null ? null : (last.Id, last.Status, last.FinishedAt!.Value),
            BadBecause = await db.Set<VersionRow>().Where(version => version.Service == service && version.Version == wanted).Select(version => version.BadBecause).FirstOrDefaultAsync(cancellation),
            Failing = await FailingAsync(row.Deployment, cancellation),
            Instances = hasInstances ? await InstancesAsync(target, cancellation) : null,
            Groups = await observations.FindAsync(target, cancellation),
        };
    }

    /// <summary>From what is only tried out, nothing follows.</summary>
    private async Task<string?> FailingAsync(DeploymentId? deployment, CancellationToken cancellation) =>
        deployment is { } id && (await verdicts.FindAsync(id, cancellation))?.View is { Answer: Answer.Fail, DryRun: false } view ? view.Sentence : null;

    private async Task<IReadOnlyList<FleetStatus>> InstancesAsync(TargetId target, CancellationToken cancellation)
    {
        var members = await fleet.MembersAsync(target, cancellation);
        return await fleet.StatusAsync(target, [.. members.Select(member => member.Instance)], cancellation);
    }
}

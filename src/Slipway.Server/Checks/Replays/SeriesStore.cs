using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Services;
using Slipway.Server.Checks.Verdicts;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Services;
using Slipway.Server.Versions;

namespace Slipway.Server.Checks.Replays;

/// <summary>What judged deployments measured, for the last ones of each target.</summary>
internal sealed class SeriesStore(IDbContextFactory<SlipwayDb> databases, TimeProvider time)
{
    public const int Kept = 30;

    public async Task SaveAsync(DeploymentId deployment, TargetId target, byte[] content, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = new SeriesRow { Deployment = deployment, Service = service, Environment = environment, SavedAt = time.GetUtcNow(), Content = content };
        await db.PutAsync(row, other => other.Deployment == deployment, cancellation);
        var old = await db.Set<SeriesRow>()
            .Where(other => other.Service == service && other.Environment == environment)
            .OrderByDescending(other => other.SavedAt)
            .Skip(Kept)
            .Select(other => other.Deployment)
            .ToListAsync(cancellation);
        if (old is not [])
            await db.Set<SeriesRow>().Where(other => old.Contains(other.Deployment)).ExecuteDeleteAsync(cancellation);
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<PastDeployment>> ReadAsync(TargetId target, int limit, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<SeriesRow>().AsNoTracking()
            .Where(row => row.Service == service && row.Environment == environment)
            .Join(db.Set<DeploymentRow>(), row => row.Deployment, deployment => deployment.Id, (row, deployment) => new { row.Content, deployment })
            .Join(db.Set<VerdictRow>(), row => row.deployment.Id, verdict => verdict.Deployment, (row, verdict) => new { row.Content, row.deployment, verdict })
            .OrderByDescending(row => row.deployment.Order)
            .Take(limit)
            .ToListAsync(cancellation);
        var bad = await db.Set<VersionRow>().AsNoTracking().Where(version => version.Service == service && version.BadBecause != null).Select(version => version.Version).ToListAsync(cancellation);
        return [.. rows.Select(row => new PastDeployment(row.deployment.View, row.verdict.View, row.Content)
        {
            IsGood = row.deployment.Status == DeploymentStatus.Succeeded && !bad.Contains(row.deployment.Version),
        })];
    }

    /// <summary>How the target's deployments are judged by the newest definition. Null: there is no such service.</summary>
    public async Task<VerdictDefinition?> RulesAsync(TargetId target, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var newest = await db.Set<DefinitionRow>().AsNoTracking().Where(row => row.Service == target.Service).OrderByDescending(row => row.Revision).FirstOrDefaultAsync(cancellation);
        return newest?.Definition.VerdictIn(target.Environment);
    }
}

using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Verdicts;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;

namespace Slipway.Server.Checks.Verdicts;

/// <summary>Verdicts in the database.</summary>
internal sealed class VerdictStore(IDbContextFactory<SlipwayDb> databases)
{
    /// <summary>What earlier deployments did to signals is taken from so many.</summary>
    private const int Earlier = 10;

    public async Task<VerdictRow?> FindAsync(DeploymentId deployment, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<VerdictRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Deployment == deployment, cancellation);
    }

    /// <summary>Deployments that are still to be judged.</summary>
    public async Task<IReadOnlyList<DeploymentId>> OpenAsync(CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<VerdictRow>().AsNoTracking().Where(row => row.Open).OrderBy(row => row.JudgedAt).Select(row => row.Deployment).ToListAsync(cancellation);
    }

    /// <summary>Written by one grain at a time; were there two for a moment, they would say the same.</summary>
    public async Task SaveAsync(VerdictRow row, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        await db.PutAsync(row, other => other.Deployment == row.Deployment, cancellation);
    }

    /// <summary>How the deployment that is judged stands. Null: it is gone.</summary>
    public async Task<Deployment?> DeploymentAsync(DeploymentId deployment, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return (await db.Set<DeploymentRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Id == deployment, cancellation))?.View;
    }

    /// <summary>It is what the target runs, and nothing else is being deployed there.</summary>
    public async Task<bool> StandsAsync(DeploymentId deployment, TargetId target, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return await db.Set<TargetRow>().AnyAsync(
            row => row.Service == service && row.Environment == environment && row.Deployment == deployment && row.RunningDeployment == null, cancellation);
    }

    /// <summary>By what factor earlier deployments that stayed have changed each signal: what a healthy change of this service does anyway.</summary>
    public async Task<ILookup<string, double>> EarlierAsync(TargetId target, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var rows = await db.Set<VerdictRow>().AsNoTracking()
            .Where(row => row.Service == service && row.Environment == environment && !row.Open)
            .Join(db.Set<DeploymentRow>().Where(row => row.Status == DeploymentStatus.Succeeded), row => row.Deployment, row => row.Id, (row, _) => row)
            .OrderByDescending(row => row.JudgedAt)
            .Take(Earlier)
            .ToListAsync(cancellation);
        return rows.Where(row => row.View.Answer != Answer.Fail)
            .SelectMany(row => row.View.Signals)
            .Where(signal => signal.Effect is > -1)
            .ToLookup(signal => signal.Signal, signal => 1 + signal.Effect!.Value, StringComparer.Ordinal);
    }
}

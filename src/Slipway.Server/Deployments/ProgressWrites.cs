using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;

namespace Slipway.Server.Deployments;

/// <summary>Adds what changed on instances to a transaction.</summary>
internal static class ProgressWrites
{
    public static async Task AddAsync(SlipwayDb db, DeploymentId deployment, IReadOnlyList<InstanceProgress> changed, SteadyClock clock, CancellationToken cancellation)
    {
        if (changed is [])
            return;

        // Microseconds, which every JSON reader holds exactly. A commit takes far longer than one, so this grows with every commit of a deployment.
        var revision = (clock.Now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var known = await db.Set<ProgressRow>().AsNoTracking()
            .Where(row => row.Deployment == deployment)
            .Select(row => new { row.Instance, row.Order })
            .ToDictionaryAsync(row => row.Instance, row => row.Order, cancellation);
        foreach (var progress in changed)
        {
            var isKnown = known.TryGetValue(progress.Instance, out var order);
            var row = new ProgressRow
            {
                Deployment = deployment,
                Instance = progress.Instance,
                Order = isKnown ? order : known.Count,
                Revision = revision,
                Progress = progress,
            };
            if (isKnown)
            {
                db.Update(row);
            }
            else
            {
                db.Add(row);
                known[progress.Instance] = row.Order;
            }
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Persistence;
using Slipway.Server.Services;

namespace Slipway.Server.Targets;

/// <summary>A target is known as soon as there is a service and an instance that is to run it: people see where it can be deployed before anybody has.</summary>
internal sealed class KnownTargets(IDbContextFactory<SlipwayDb> databases)
{
    /// <summary>Services that are not described yet are passed over; applying them makes their targets.</summary>
    public async Task EnsureAsync(IReadOnlyCollection<TargetId> wanted, CancellationToken cancellation)
    {
        foreach (var (service, environment) in wanted)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            if (await db.Set<TargetRow>().AnyAsync(row => row.Service == service && row.Environment == environment, cancellation)
                || !await db.Set<ServiceRow>().AnyAsync(row => row.Name == service, cancellation))
                continue;

            db.Add(new TargetRow { Service = service, Environment = environment });
            try
            {
                await db.SaveChangesAsync(cancellation);
            }
            catch (DbUpdateException e) when (WriteConflict.Is(e))
            {
                // Somebody else made it in the same moment.
            }
        }
    }
}

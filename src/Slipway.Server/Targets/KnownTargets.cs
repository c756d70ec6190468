using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Persistence;
using Slipway.Server.Services;

namespace Slipway.Server.Targets;

/// <summary>A target is known as soon as there is a service and an instance that is to run it: people see where it can be deployed before anybody has.</summary>
internal sealed class KnownTargets(IDbContextFactory<SlipwayDb> databases, ServiceCatalog services, IFleet fleet)
{
    /// <summary>Services that are not described yet are passed over; applying them makes their targets.</summary>
    public async Task EnsureAsync(IReadOnlyCollection<TargetId> wanted, CancellationToken cancellation)
    {
        foreach (var target in wanted)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            if (await Read.FindAsync(db, target, cancellation) is null && await db.Set<ServiceRow>().AnyAsync(row => row.Name == target.Service, cancellation))
            {
                db.Add(new TargetRow { Service = target.Service, Environment = target.Environment });
                await SaveAsync(db, cancellation);
            }
        }
    }

    /// <summary>
    /// Of targets that instances have left, those that were only known because of them: nobody has ever deployed to or set anything on them, and no
    /// slipway.yaml names them. Else a mistyped environment would stay for ever.
    /// </summary>
    public async Task ForgetAsync(IReadOnlyCollection<TargetId> left, CancellationToken cancellation)
    {
        foreach (var target in left)
        {
            await using var db = await databases.CreateDbContextAsync(cancellation);
            if (await Read.FindAsync(db, target, cancellation) is not { Stamp: 0, Version: null } row || await fleet.MembersAsync(target, cancellation) is not [])
                continue;

            if ((await services.GetAsync(target.Service, cancellation))?.Definition.Environments.ContainsKey(target.Environment) == true)
                continue;

            db.Remove(row);
            await SaveAsync(db, cancellation);
        }
    }

    private static async Task SaveAsync(SlipwayDb db, CancellationToken cancellation)
    {
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            // Somebody made or used it in the same moment; theirs counts.
        }
    }
}

using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Persistence;

namespace Slipway.Server.Targets.Observing;

/// <summary>What was seen of targets, kept for everybody who shows them.</summary>
internal sealed class Observations(IDbContextFactory<SlipwayDb> databases)
{
    /// <summary>A sight that says nothing new is stored this often, so that people see how old it is.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(1);

    public async Task<InstanceGroups?> FindAsync(TargetId target, CancellationToken cancellation)
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync(cancellation);
        return (await db.Set<ObservationRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == service && row.Environment == environment, cancellation))?.Seen;
    }

    /// <summary>Those of some services, in one question.</summary>
    public static async Task<IReadOnlyDictionary<TargetId, InstanceGroups>> OfAsync(SlipwayDb db, IReadOnlyList<ServiceName> services, CancellationToken cancellation) =>
        await db.Set<ObservationRow>().AsNoTracking()
            .Where(row => EF.Parameter(services).Contains(row.Service))
            .ToDictionaryAsync(row => new TargetId(row.Service, row.Environment), row => row.Seen, cancellation);

    /// <summary>Stores it if it says something new.</summary>
    public async Task SaveAsync(TargetId target, Func<InstanceGroups?, InstanceGroups> see, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        var row = await db.Set<ObservationRow>().FindAsync([target.Service, target.Environment], cancellation);
        var seen = see(row?.Seen);
        if (row is not null && seen.ObservedAt - row.Seen.ObservedAt < Fresh && Same(row.Seen, seen))
            return;

        if (row is null)
            db.Add(new ObservationRow { Service = target.Service, Environment = target.Environment, Seen = seen });
        else
            row.Seen = seen;

        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException e) when (WriteConflict.Is(e))
        {
            // Another node has just stored what it saw.
        }
    }

    private static bool Same(InstanceGroups left, InstanceGroups right) =>
        Engine.EngineJson.Write(left with { ObservedAt = null }) == Engine.EngineJson.Write(right with { ObservedAt = null });
}

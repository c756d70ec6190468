using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes;
using Slipway.Server.Deployments;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;

namespace Slipway.Server.Instances.Storing;

/// <summary>Stores assignments that are still as they were known, and reads those again that are not. Memory follows what is stored.</summary>
internal sealed class AssignmentWrites(IDbContextFactory<SlipwayDb> databases, IDatabase database)
{
    /// <summary>All of one target and generation get the next one. Returns those that somebody else has changed, as they are now.</summary>
    /// <exception cref="StaleWriterException">The fence is broken.</exception>
    public async Task<IReadOnlyList<LiveMember>> AssignAsync(
        TargetId target, ulong generation, IReadOnlyList<LiveMember> members, NewAssignment next, CancellationToken cancellation)
    {
        InstanceName[] names = [.. members.Select(member => member.Instance.Name)];
        await using var db = await databases.CreateDbContextAsync(cancellation);
        if (await StoreAsync(db, target, (long)generation, names, next, cancellation) == members.Count)
        {
            foreach (var member in members)
                member.Assign(Next(member.State.Assigned, generation, next));

            return [];
        }

        await CheckAsync(db, next.Fence, cancellation);
        var stored = await db.Set<AssignmentRow>().AsNoTracking()
            .Where(row => row.Service == target.Service && EF.Parameter(names).Contains(row.Instance))
            .ToDictionaryAsync(row => row.Instance, FleetRows.ToAssignment, cancellation);
        List<LiveMember> lost = [];
        foreach (var member in members)
        {
            var wanted = Next(member.State.Assigned, generation, next);
            var now = stored.GetValueOrDefault(member.Instance.Name) ?? throw Missing(member);
            member.Assign(now);
            if (now != wanted)
                lost.Add(member);
        }

        return lost;
    }

    /// <summary>False: somebody else has changed it; it is now as it is stored.</summary>
    public async Task<bool> ReplaceAsync(LiveMember member, Assignment assigned, CancellationToken cancellation)
    {
        var (instance, service, before) = (member.Instance.Name, member.Service, (long)member.State.Assigned.Generation);
        var (version, config) = (assigned.Release?.Version, assigned.Release?.ConfigRevision ?? 0);
        await using var db = await databases.CreateDbContextAsync(cancellation);
        using (await database.WriteTurnAsync(cancellation))
        {
            var changed = await db.Set<AssignmentRow>()
                .Where(row => row.Instance == instance && row.Service == service && row.Generation == before)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Version, version)
                        .SetProperty(row => row.ConfigRevision, config)
                        .SetProperty(row => row.Generation, (long)assigned.Generation)
                        .SetProperty(row => row.RestartGeneration, (long)assigned.RestartGeneration)
                        .SetProperty(row => row.Cause, assigned.Cause)
                        .SetProperty(row => row.Member, assigned.Member),
                    cancellation);
            if (changed == 1)
            {
                member.Assign(assigned);
                return true;
            }
        }

        var row = await db.Set<AssignmentRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Instance == instance && row.Service == service, cancellation);
        member.Assign(FleetRows.ToAssignment(row ?? throw Missing(member)));
        return false;
    }

    private async Task<int> StoreAsync(SlipwayDb db, TargetId target, long generation, InstanceName[] names, NewAssignment next, CancellationToken cancellation)
    {
        var (version, config, restart, cause) = (next.Release?.Version, next.Release?.ConfigRevision ?? 0, next.Restart, next.Cause);
        var rows = db.Set<AssignmentRow>().Where(row =>
            row.Service == target.Service && row.Environment == target.Environment && EF.Parameter(names).Contains(row.Instance) && row.Generation == generation);
        if (next.Fence is var (deployment, sequence))
            rows = rows.Where(_ => db.Set<DeploymentRow>().Any(row => row.Id == deployment && row.Sequence == sequence));

        using var turn = await database.WriteTurnAsync(cancellation);
        return await rows.ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Version, version)
                .SetProperty(row => row.ConfigRevision, config)
                .SetProperty(row => row.Generation, row => row.Generation + 1)
                .SetProperty(row => row.RestartGeneration, row => restart ? row.Generation + 1 : 0)
                .SetProperty(row => row.Cause, cause),
            cancellation);
    }

    private static async Task CheckAsync(SlipwayDb db, Fence? fence, CancellationToken cancellation)
    {
        if (fence is var (deployment, sequence) && !await db.Set<DeploymentRow>().AnyAsync(row => row.Id == deployment && row.Sequence == sequence, cancellation))
            throw new StaleWriterException(deployment);
    }

    private static Assignment Next(Assignment assigned, ulong generation, NewAssignment next) =>
        assigned with { Release = next.Release, Cause = next.Cause, Generation = generation + 1, RestartGeneration = next.Restart ? generation + 1 : 0 };

    private static InvalidOperationException Missing(LiveMember member) =>
        new($"{member.Service} on {member.Instance.Name} is not in the database: it was changed behind the server's back.");
}

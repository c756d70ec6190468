using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;
using Slipway.Server.Persistence.Sqlite;

namespace Slipway.Server.Instances.Storing;

/// <summary>
/// Every change of what instances should run: stored first, then in memory. One change at a time, so that both always agree;
/// a change of 10,000 instances is two statements.
/// </summary>
internal sealed class AssignmentStore(IDbContextFactory<SlipwayDb> databases, SqliteWrites writes) : IDisposable
{
    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <summary>Gives those that <paramref name="applies"/> to a new generation with this release. Returns them.</summary>
    public Task<IReadOnlyList<LiveMember>> AssignAsync(
        IReadOnlyList<LiveMember> members, FleetRelease? release, string cause, Func<Assignment, bool> applies, CancellationToken cancellation) =>
        AssignAsync(members, release, cause, applies, restart: false, cancellation);

    /// <param name="restart">What runs must have been started for the new generation. Else an older wish to restart is forgotten.</param>
    public async Task<IReadOnlyList<LiveMember>> AssignAsync(
        IReadOnlyList<LiveMember> members, FleetRelease? release, string cause, Func<Assignment, bool> applies, bool restart, CancellationToken cancellation)
    {
        using var _ = await TurnAsync(cancellation);
        List<LiveMember> chosen = [.. members.Where(member => applies(member.State.Assigned))];
        if (chosen is [])
            return chosen;

        await RaiseAsync(chosen.Where(IsBehindItsAgent), cancellation);
        foreach (var target in chosen.GroupBy(member => member.Target))
            await StoreAsync(target.Key, [.. target.Select(member => member.Instance.Name)], release, cause, restart, cancellation);

        foreach (var member in chosen)
        {
            var next = member.State.Assigned.Generation + 1;
            member.Assign(member.State.Assigned with { Release = release, Cause = cause, Generation = next, RestartGeneration = restart ? next : 0 });
        }

        return chosen;
    }

    /// <summary>Only a higher generation, for a command that changes nothing else.</summary>
    public async Task<ulong> NextGenerationAsync(LiveMember member, CancellationToken cancellation)
    {
        using var _ = await TurnAsync(cancellation);
        var next = member.State.Assigned with { Generation = member.State.HighestGeneration + 1 };
        await StoreAsync(member, next, cancellation);
        member.Assign(next);
        return next.Generation;
    }

    /// <summary>Stores what <paramref name="change"/> makes of the assignment, unless it stays as it is.</summary>
    public async Task<bool> ChangeAsync(LiveMember member, Func<MemberState, Assignment> change, CancellationToken cancellation)
    {
        using var _ = await TurnAsync(cancellation);
        var assigned = change(member.State);
        if (assigned == member.State.Assigned)
            return false;

        await StoreAsync(member, assigned, cancellation);
        member.Assign(assigned);
        return true;
    }

    /// <summary>For changes of rows that belong together with assignments (joining, other services, deleting).</summary>
    public async Task<IDisposable> TurnAsync(CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        return new Turn(oneAtATime);
    }

    public void Dispose() => oneAtATime.Dispose();

    private static bool IsBehindItsAgent(LiveMember member) => member.State.HighestGeneration > member.State.Assigned.Generation;

    /// <summary>After a restored database or a power loss agents may know higher generations than we do. Rare, so one by one.</summary>
    private async Task RaiseAsync(IEnumerable<LiveMember> behind, CancellationToken cancellation)
    {
        foreach (var member in behind)
        {
            var raised = member.State.Assigned with { Generation = member.State.HighestGeneration };
            await StoreAsync(member, raised, cancellation);
            member.Assign(raised);
        }
    }

    private async Task StoreAsync(LiveMember member, Assignment assigned, CancellationToken cancellation)
    {
        var (instance, service, generation) = (member.Instance.Name, member.Service, (long)assigned.Generation);
        var (version, config) = (assigned.Release?.Version, assigned.Release?.ConfigRevision ?? 0);
        await WriteAsync(
            1,
            db => db.Set<AssignmentRow>()
                .Where(row => row.Instance == instance && row.Service == service)
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Version, version)
                        .SetProperty(row => row.ConfigRevision, config)
                        .SetProperty(row => row.Generation, generation)
                        .SetProperty(row => row.RestartGeneration, (long)assigned.RestartGeneration)
                        .SetProperty(row => row.Cause, assigned.Cause)
                        .SetProperty(row => row.Member, assigned.Member),
                    cancellation),
            cancellation);
    }

    private async Task StoreAsync(TargetId target, InstanceName[] names, FleetRelease? release, string cause, bool restart, CancellationToken cancellation)
    {
        var (version, config) = (release?.Version, release?.ConfigRevision ?? 0);
        await WriteAsync(
            names.Length,
            db => db.Set<AssignmentRow>()
                .Where(row => row.Service == target.Service && row.Environment == target.Environment && EF.Parameter(names).Contains(row.Instance))
                .ExecuteUpdateAsync(
                    set => set
                        .SetProperty(row => row.Version, version)
                        .SetProperty(row => row.ConfigRevision, config)
                        .SetProperty(row => row.Generation, row => row.Generation + 1)
                        .SetProperty(row => row.RestartGeneration, row => restart ? row.Generation + 1 : 0)
                        .SetProperty(row => row.Cause, cause),
                    cancellation),
            cancellation);
    }

    private async Task WriteAsync(int expected, Func<SlipwayDb, Task<int>> write, CancellationToken cancellation)
    {
        await using var db = await databases.CreateDbContextAsync(cancellation);
        using var turn = await writes.TurnAsync(cancellation);
        var changed = await write(db);
        if (changed != expected)
            throw new InvalidOperationException($"{changed} assignments were stored instead of {expected}: the database was changed behind the server's back.");
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}

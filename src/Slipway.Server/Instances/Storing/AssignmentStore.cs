using Slipway.Server.Instances.Live;

namespace Slipway.Server.Instances.Storing;

/// <summary>
/// Every change of what instances should run: stored first, then in memory. One change at a time on this node; against other nodes every write is fenced by the
/// generation it was made from, and whoever loses looks again. A change of 10,000 instances is two statements.
/// </summary>
internal sealed class AssignmentStore(AssignmentWrites writes) : IDisposable
{
    /// <summary>Each one that loses means that another node won.</summary>
    private const int Tries = 10;

    private readonly SemaphoreSlim oneAtATime = new(1, 1);

    /// <summary>Gives those that <paramref name="applies"/> to a new generation with this release. Returns them.</summary>
    public Task<IReadOnlyList<LiveMember>> AssignAsync(
        IReadOnlyList<LiveMember> members, FleetRelease? release, string cause, Func<Assignment, bool> applies, CancellationToken cancellation) =>
        AssignAsync(members, new NewAssignment(release, cause), applies, cancellation);

    /// <exception cref="Deployments.StaleWriterException">The fence says that somebody else goes on with the deployment.</exception>
    public async Task<IReadOnlyList<LiveMember>> AssignAsync(IReadOnlyList<LiveMember> members, NewAssignment next, Func<Assignment, bool> applies, CancellationToken cancellation)
    {
        using var _ = await TurnAsync(cancellation);
        List<LiveMember> assigned = [];
        var open = members;
        for (var attempt = 1; ; attempt++)
        {
            List<LiveMember> chosen = [.. open.Where(member => applies(member.State.Assigned))];
            if (chosen is [])
                return assigned;

            await RaiseAsync(chosen.Where(IsBehindItsAgent), cancellation);
            List<LiveMember> lost = [];
            foreach (var group in chosen.GroupBy(member => (member.Target, member.State.Assigned.Generation)))
                lost.AddRange(await writes.AssignAsync(group.Key.Target, group.Key.Generation, [.. group], next, cancellation));

            assigned.AddRange(chosen.Except(lost));
            if (lost is [])
                return assigned;

            if (attempt == Tries)
                throw new InvalidOperationException($"{lost.Count} assignments could not be stored: another node changed them each time.");

            open = lost;
        }
    }

    /// <summary>Only a higher generation, for a command that changes nothing else.</summary>
    public async Task<ulong> NextGenerationAsync(LiveMember member, CancellationToken cancellation)
    {
        await ChangeAsync(member, state => state.Assigned with { Generation = state.HighestGeneration + 1 }, cancellation);
        return member.State.Assigned.Generation;
    }

    /// <summary>Stores what <paramref name="change"/> makes of the assignment, unless it stays as it is.</summary>
    public async Task<bool> ChangeAsync(LiveMember member, Func<MemberState, Assignment> change, CancellationToken cancellation)
    {
        using var _ = await TurnAsync(cancellation);
        return await ChangeInTurnAsync(member, change, cancellation);
    }

    /// <summary>For changes of rows that belong together with assignments (joining, other services, deleting).</summary>
    public async Task<IDisposable> TurnAsync(CancellationToken cancellation)
    {
        await oneAtATime.WaitAsync(cancellation);
        return new Turn(oneAtATime);
    }

    public void Dispose() => oneAtATime.Dispose();

    private async Task<bool> ChangeInTurnAsync(LiveMember member, Func<MemberState, Assignment> change, CancellationToken cancellation)
    {
        for (var attempt = 1; attempt <= Tries; attempt++)
        {
            var assigned = change(member.State);
            if (assigned == member.State.Assigned)
                return false;

            if (await writes.ReplaceAsync(member, assigned, cancellation))
                return true;
        }

        throw new InvalidOperationException($"The assignment of {member.Service} on {member.Instance.Name} could not be stored: another node changed it each time.");
    }

    private static bool IsBehindItsAgent(LiveMember member) => member.State.HighestGeneration > member.State.Assigned.Generation;

    /// <summary>After a restored database or a power loss agents may know higher generations than we do. Rare, so one by one.</summary>
    private async Task RaiseAsync(IEnumerable<LiveMember> behind, CancellationToken cancellation)
    {
        foreach (var member in behind)
            await ChangeInTurnAsync(member, state => state.Assigned with { Generation = state.HighestGeneration }, cancellation);
    }

    private sealed class Turn(SemaphoreSlim semaphore) : IDisposable
    {
        public void Dispose() => semaphore.Release();
    }
}

using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Deployments;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Instances.Live;
using Slipway.Server.Persistence;
using Slipway.Server.Targets;
using Fence = Slipway.DeploymentTypes.Fence;
using FleetRelease = Slipway.DeploymentTypes.Release;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>The fleet as the engine knows it, on simulated agents. Assignments survive the server; what agents said does not.</summary>
internal sealed class SimulatedFleet(Chance chance, Timeline timeline, SimulatedClock clock, IDbContextFactory<SlipwayDb> databases, TargetId target) : IFleet, IConvergence
{
    private readonly SortedDictionary<InstanceName, SimulatedMember> members = [];

    public IReadOnlyCollection<SimulatedMember> Members => members.Values;

    /// <summary>Everything that was ever assigned.</summary>
    public List<(InstanceName Instance, FleetRelease? Release, string Cause)> Log { get; } = [];

    /// <summary>Where the server may die or be cut off in the middle of an effect.</summary>
    public Func<string, Task> Hazard { get; set; } = _ => Task.CompletedTask;

    public Action Heard { get; set; } = () => { };

    public void Join()
    {
        var name = Some.Instance(members.Count + 1);
        var member = new SimulatedMember(name, chance, timeline, clock, () => Heard());
        members.Add(name, member);
        Connect(member);
    }

    /// <summary>The agent is there again: what it has nothing for, it gets.</summary>
    public void Connect(SimulatedMember member)
    {
        member.Connect();
        timeline.After(TimeSpan.FromMilliseconds(1), () => ConvergeOneAsync(member));
    }

    public async Task<IReadOnlyList<FleetMember>> MembersAsync(TargetId of, CancellationToken cancellation)
    {
        await Hazard("asking for members");
        return [.. members.Values.Select(member => new FleetMember(member.Name, member.Connected))];
    }

    public async Task PrepareAsync(TargetId of, IReadOnlyList<InstanceName> instances, FleetRelease release, string cause, CancellationToken cancellation)
    {
        await Hazard("before preparing");
        foreach (var instance in instances)
        {
            members[instance].WantedPrepare = (release, cause);
            members[instance].Push();
        }

        await Hazard("after preparing");
    }

    public Task AssignAsync(TargetId of, IReadOnlyList<InstanceName> instances, FleetRelease? release, string cause, Fence? fence, CancellationToken cancellation) =>
        AssignAsync(instances, release, cause, fence, restart: false);

    public Task RestartAsync(TargetId of, IReadOnlyList<InstanceName> instances, FleetRelease release, string cause, Fence? fence, CancellationToken cancellation) =>
        AssignAsync(instances, release, cause, fence, restart: true);

    private async Task AssignAsync(IReadOnlyList<InstanceName> instances, FleetRelease? release, string cause, Fence? fence, bool restart)
    {
        await Hazard("before assigning");
        await CheckAsync(fence);
        Assign(instances.Select(instance => members[instance]), release, cause, assigned => assigned.Cause != cause, restart);
        await Hazard("between storing and sending");
        foreach (var instance in instances)
            members[instance].Push();

        await Hazard("after assigning");
    }

    /// <summary>As the store does it, in the statement that assigns.</summary>
    private async Task CheckAsync(Fence? fence)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (fence is var (deployment, sequence) && !await db.Set<DeploymentRow>().AnyAsync(row => row.Id == deployment && row.Sequence == sequence))
            throw new StaleWriterException(deployment);
    }

    public Task<IReadOnlyList<FleetStatus>> StatusAsync(TargetId of, IReadOnlyList<InstanceName> instances, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FleetStatus>>([.. instances.Select(instance => members[instance].Status())]);

    public async Task RunAsync(TargetId of, CancellationToken cancellation)
    {
        await Hazard("before converging");
        if (await FindAsync() is { Version: { } version } row)
        {
            var current = new FleetRelease(version, row.ConfigRevision);
            foreach (var member in Assign(members.Values, current, ConvergenceRules.Cause, assigned => ConvergenceRules.IsLeftBehind(assigned, current, row.RunningDeployment)))
                member.Push();
        }
    }

    private async Task ConvergeOneAsync(SimulatedMember member)
    {
        if (!ConvergenceRules.NeedsCurrent(member.Assigned) || await FindAsync() is not { Version: { } version } row)
            return;

        foreach (var assigned in Assign([member], new(version, row.ConfigRevision), ConvergenceRules.Cause, ConvergenceRules.NeedsCurrent))
            assigned.Push();
    }

    private List<SimulatedMember> Assign(IEnumerable<SimulatedMember> to, FleetRelease? release, string cause, Func<Assignment, bool> applies, bool restart = false)
    {
        List<SimulatedMember> changed = [.. to.Where(member => applies(member.Assigned))];
        foreach (var member in changed)
        {
            var next = member.Assigned.Generation + 1;
            member.Assigned = new(Member: true, release, next, cause, restart ? next : 0);
            Log.Add((member.Name, release, cause));
        }

        return changed;
    }

    private async Task<TargetRow?> FindAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Set<TargetRow>().AsNoTracking().SingleOrDefaultAsync(row => row.Service == target.Service && row.Environment == target.Environment);
    }
}

using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Instances.Storing;
using Slipway.Server.Instances.Telling;

namespace Slipway.Server.Instances;

/// <summary>The trigger type's hands and eyes: assignments are stored, then pushed to whoever is connected; answers come from memory.</summary>
internal sealed class Fleet(LiveFleet live, AssignmentStore assignments, ReleaseFactory releases, Teller teller, TargetSignals signals) : IFleet
{
    public Task<IReadOnlyList<FleetMember>> MembersAsync(TargetId target, CancellationToken cancellation)
    {
        var members = live.Members(target);
        var answer = new FleetMember[members.Count];
        for (var i = 0; i < answer.Length; i++)
            answer[i] = new(members[i].Instance.Name, members[i].Instance.IsConnected);

        return Task.FromResult<IReadOnlyList<FleetMember>>(answer);
    }

    public async Task PrepareAsync(
        TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease release, string cause, CancellationToken cancellation)
    {
        var message = await ReleaseAsync(target, release, cancellation);
        teller.Prepare(Find(target, instances), new(release, cause), message);
    }

    public async Task AssignAsync(
        TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease? release, string cause, DeploymentTypes.Fence? fence, CancellationToken cancellation)
    {
        var message = release is null ? null : await ReleaseAsync(target, release, cancellation);
        await AssignAsync(target, instances, message, new(release, cause, Restart: false, fence), cancellation);
    }

    public async Task RestartAsync(TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease release, string cause, DeploymentTypes.Fence? fence, CancellationToken cancellation) =>
        await AssignAsync(target, instances, await ReleaseAsync(target, release, cancellation), new(release, cause, Restart: true, fence), cancellation);

    public Task<IReadOnlyList<FleetStatus>> StatusAsync(TargetId target, IReadOnlyList<InstanceName> instances, CancellationToken cancellation)
    {
        var statuses = new FleetStatus[instances.Count];
        for (var i = 0; i < statuses.Length; i++)
            statuses[i] = Find(target, instances[i])?.ToStatus() ?? new() { Instance = instances[i], Connected = false };

        return Task.FromResult<IReadOnlyList<FleetStatus>>(statuses);
    }

    private async Task AssignAsync(TargetId target, IReadOnlyList<InstanceName> instances, Release? whole, NewAssignment next, CancellationToken cancellation)
    {
        var members = Find(target, instances);
        await assignments.AssignAsync(members, next, assigned => assigned.Member && assigned.Cause != next.Cause, cancellation);
        teller.Assign(members, next.Release, whole, next.Cause);
        signals.Changed(target);
    }

    private async ValueTask<Release> ReleaseAsync(TargetId target, FleetRelease release, CancellationToken cancellation) =>
        await releases.FindAsync(target, release, cancellation)
        ?? throw new InvalidOperationException($"{target} has no version {release.Version} with config revision {release.ConfigRevision}.");

    private List<LiveMember> Find(TargetId target, IReadOnlyList<InstanceName> instances)
    {
        var found = new List<LiveMember>(instances.Count);
        foreach (var name in instances)
        {
            if (Find(target, name) is { } member)
                found.Add(member);
        }

        return found;
    }

    private LiveMember? Find(TargetId target, InstanceName name) =>
        live.Find(name) is { Facts.RevokedAt: null } instance && instance.Environment == target.Environment ? instance.Member(target.Service) : null;
}

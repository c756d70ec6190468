using Google.Protobuf;
using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Instances.Live;
using Slipway.Server.Instances.Releases;
using Slipway.Server.Instances.Storing;

namespace Slipway.Server.Instances;

/// <summary>The trigger type's hands and eyes: assignments are stored, then pushed to whoever is connected; answers come from memory.</summary>
internal sealed class Fleet(LiveFleet live, AssignmentStore assignments, ReleaseFactory releases, TargetSignals signals) : IFleet
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
        var prepare = new ToAgent { Prepare = new() { Service = target.Service.Value, Release = message, Cause = cause } }.ToByteArray();
        var wanted = new WantedPrepare(release, cause);
        foreach (var member in Find(target, instances))
        {
            member.Want(wanted);
            member.Instance.Connection?.Send(prepare);
        }
    }

    public async Task AssignAsync(
        TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease? release, string cause, CancellationToken cancellation)
    {
        var message = release is null ? null : await ReleaseAsync(target, release, cancellation);
        await AssignAsync(target, instances, (release, message), cause, restart: false, cancellation);
    }

    public async Task RestartAsync(TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease release, string cause, CancellationToken cancellation) =>
        await AssignAsync(target, instances, (release, await ReleaseAsync(target, release, cancellation)), cause, restart: true, cancellation);

    public Task<IReadOnlyList<FleetStatus>> StatusAsync(TargetId target, IReadOnlyList<InstanceName> instances, CancellationToken cancellation)
    {
        var statuses = new FleetStatus[instances.Count];
        for (var i = 0; i < statuses.Length; i++)
            statuses[i] = Find(target, instances[i])?.ToStatus() ?? new() { Instance = instances[i], Connected = false };

        return Task.FromResult<IReadOnlyList<FleetStatus>>(statuses);
    }

    /// <summary>Tells those that are connected. Instances with the same generation get the very same bytes.</summary>
    public static void Push(IEnumerable<LiveMember> members, FleetRelease? release, Release? whole, string cause)
    {
        var messages = new Dictionary<(ulong, ulong), byte[]>();
        foreach (var member in members)
        {
            if (member.Instance.Connection is not { } connection
                || member.State.Assigned is not { Member: true } assigned || assigned.Cause != cause || assigned.Release != release)
                continue;

            var numbers = (assigned.Generation, assigned.RestartGeneration);
            if (!messages.TryGetValue(numbers, out var message))
            {
                var assign = new Assign { Service = member.Service.Value, Generation = assigned.Generation, Release = whole, Cause = cause, RestartGeneration = assigned.RestartGeneration };
                messages[numbers] = message = new ToAgent { Assign = assign }.ToByteArray();
            }

            connection.Send(message);
        }
    }

    /// <summary>Tells instances that a service is no longer theirs.</summary>
    public static void PushRemoval(IEnumerable<LiveMember> members)
    {
        foreach (var member in members)
        {
            var (generation, cause) = (member.State.Assigned.Generation, member.State.Assigned.Cause ?? "");
            var assign = new Assign { Service = member.Service.Value, Generation = generation, Cause = cause };
            member.Instance.Connection?.Send(new ToAgent { Assign = assign }.ToByteArray());
        }
    }

    private async Task AssignAsync(
        TargetId target, IReadOnlyList<InstanceName> instances, (FleetRelease? Name, Release? Whole) release, string cause, bool restart, CancellationToken cancellation)
    {
        var members = Find(target, instances);
        await assignments.AssignAsync(members, release.Name, cause, assigned => assigned.Member && assigned.Cause != cause, restart, cancellation);
        Push(members, release.Name, release.Whole, cause);
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

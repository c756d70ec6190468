using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Fence = Slipway.DeploymentTypes.Fence;
using FleetRelease = Slipway.DeploymentTypes.Release;

namespace Slipway.Server.Tests.Deployments.Trigger;

/// <summary>A fleet that does what the test dictates. It keeps the contract of <see cref="IFleet"/>: a cause is assigned once.</summary>
internal sealed class FakeFleet : IFleet
{
    private readonly SortedDictionary<InstanceName, FleetStatus> statuses = [];

    public FakeFleet(int instances)
    {
        for (var i = 1; i <= instances; i++)
            statuses[Some.Instance(i)] = new() { Instance = Some.Instance(i), Connected = true };
    }

    public List<string> Causes { get; } = [];

    public List<(InstanceName Instance, FleetRelease? Release)> Assigned { get; } = [];

    public List<(InstanceName Instance, FleetRelease Release)> Prepared { get; } = [];

    public FleetStatus this[int instance]
    {
        get => statuses[Some.Instance(instance)];
        set => statuses[Some.Instance(instance)] = value;
    }

    public void Away(int instance) => this[instance] = this[instance] with { Connected = false };

    public void Back(int instance) => this[instance] = this[instance] with { Connected = true };

    /// <summary>The agent speaks about its newest assignment.</summary>
    public void Says(int instance, ServiceState state, string reason = "", params string[] evidence) => SaysOf(instance, this[instance].AssignedGeneration, state, reason, evidence);

    public void SaysOf(int instance, ulong generation, ServiceState state, string reason = "", params string[] evidence)
    {
        var report = new ServiceStatus { Generation = generation, State = state, RunningVersion = this[instance].Assigned?.Version.Value ?? "", Reason = reason, ReasonCode = reason.Length > 0 ? "exited" : "" };
        report.Evidence.AddRange(evidence);
        this[instance] = this[instance] with { Reported = report };
    }

    public void SaysPrepared(int instance, PrepareState state, FleetRelease release, string cause, string reason = "") => this[instance] = this[instance] with
    {
        Prepare = new() { Version = release.Version.Value, ConfigRevision = (ulong)release.ConfigRevision, State = state, Cause = cause, Reason = reason, ReasonCode = reason.Length > 0 ? "digest_mismatch" : "" },
    };

    /// <summary>What a server knows of preparing only from memory.</summary>
    public void ServerStartsAgain()
    {
        foreach (var (instance, status) in statuses.ToList())
            statuses[instance] = status with { AskedToPrepare = null, Prepare = null };
    }

    public Task<IReadOnlyList<FleetMember>> MembersAsync(TargetId target, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FleetMember>>([.. statuses.Values.Select(status => new FleetMember(status.Instance, status.Connected))]);

    public Task PrepareAsync(TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease release, string cause, CancellationToken cancellation)
    {
        Causes.Add(cause);
        Prepared.AddRange(instances.Select(instance => (instance, release)));
        foreach (var instance in instances)
            statuses[instance] = statuses[instance] with { AskedToPrepare = cause };

        return Task.CompletedTask;
    }

    public Task AssignAsync(TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease? release, string cause, Fence? fence, CancellationToken cancellation)
    {
        Causes.Add(cause);
        foreach (var instance in instances.Where(instance => statuses[instance].AssignedCause != cause))
        {
            Assigned.Add((instance, release));
            statuses[instance] = statuses[instance] with { Assigned = release, AssignedCause = cause, AssignedGeneration = statuses[instance].AssignedGeneration + 1 };
        }

        return Task.CompletedTask;
    }

    public List<string> Restarts { get; } = [];

    public Task RestartAsync(TargetId target, IReadOnlyList<InstanceName> instances, FleetRelease release, string cause, Fence? fence, CancellationToken cancellation)
    {
        Restarts.Add(cause);
        return AssignAsync(target, instances, release, cause, fence, cancellation);
    }

    public Task<IReadOnlyList<FleetStatus>> StatusAsync(TargetId target, IReadOnlyList<InstanceName> instances, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<FleetStatus>>([.. instances.Select(instance => statuses[instance])]);
}

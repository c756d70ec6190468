using Slipway.Contracts.Agent.V1;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;

namespace Slipway.Server.Instances.Live;

/// <summary>A service on an instance, in memory.</summary>
internal sealed class LiveMember(LiveInstance instance, ServiceName service, MemberState initial)
{
    private readonly Lock gate = new();
    private volatile MemberState state = initial;
    private int toBeWritten;

    public LiveInstance Instance => instance;

    public ServiceName Service => service;

    public TargetId Target { get; } = new(service, instance.Environment);

    public MemberState State => state;

    public MemberState Change<T>(T argument, Func<MemberState, T, MemberState> change)
    {
        lock (gate)
            return state = change(state, argument);
    }

    public void Assign(Assignment assigned) =>
        Change(assigned, static (state, assigned) => state with
        {
            Assigned = assigned,
            Wanted = state.Wanted is { } wanted && wanted.Release != assigned.Release && assigned.Member ? wanted : null,
        });

    public void Report(ServiceStatus status) =>
        Change(status, static (state, status) => state with { Reported = status });

    public void Report(PrepareStatus status) =>
        Change(status, static (state, status) => state with
        {
            Prepare = status,
            Wanted = state.Wanted is { } wanted && status.State is PrepareState.PrepareDone or PrepareState.PrepareFailed
                && wanted.Release.Version.Value == status.Version && wanted.Release.ConfigRevision == (int)status.ConfigRevision
                ? null
                : state.Wanted,
        });

    /// <summary>The agent's complete list of services does not have this one.</summary>
    public void ReportAbsent() =>
        Change(service, static (state, service) => state.Reported is null
            ? state
            : state with { Reported = new() { Service = service.Value, State = ServiceState.Absent } });

    public void Want(WantedPrepare wanted) =>
        Change(wanted, static (state, wanted) => state with { Wanted = wanted });

    /// <summary>True for the first who asks since it was last written.</summary>
    public bool BeginWrite() => Interlocked.Exchange(ref toBeWritten, 1) == 0;

    public void EndWrite() => Volatile.Write(ref toBeWritten, 0);

    public FleetStatus ToStatus()
    {
        var now = state;
        return new()
        {
            Instance = instance.Name,
            Connected = instance.IsConnected,
            Assigned = now.Assigned.Release,
            AssignedCause = now.Assigned.Cause,
            AssignedGeneration = now.Assigned.Generation,
            Reported = now.Reported,
            Prepare = now.Prepare,
            AskedToPrepare = now.Wanted?.Cause,
        };
    }
}

using Microsoft.EntityFrameworkCore;
using Orleans.Placement;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Targets;

/// <summary>Asks the <see cref="TargetQueue"/> and wakes the deployment that runs. A thin shell.</summary>
[PreferLocalPlacement]
internal sealed partial class TargetGrain(DeploymentPlanner planner, DeploymentStore store, IDbContextFactory<SlipwayDb> databases, ILogger<TargetGrain> logger) : SlipwayGrain, ITargetGrain
{
    private TargetQueue? queue;

    private TargetId Id => TargetId.Parse(this.GetPrimaryKeyString());

    private TargetQueue Queue => queue ??= new(Id, planner, store, databases);

    protected override Task ActivatedAsync(CancellationToken cancellation) => AdvanceAsync();

    public async Task<GrainAnswer> RequestAsync(string order) => GrainAnswer.From(await RequestAsync(EngineJson.Read<DeploymentOrder>(order)));

    public async Task<GrainAnswer> RollBackAsync(string request, string by, string id) =>
        GrainAnswer.From(await RollBackAsync(EngineJson.Read<RollbackRequest>(request), by, DeploymentId.Parse(id)));

    public async Task<string?> TakeBackAsync(string deployment, string reason)
    {
        var id = DeploymentId.Parse(deployment);
        await Queue.AdvanceAsync();
        if (Queue.Running is not null || Queue.Current != id || await Queue.WayBackAsync(new() { Reason = reason }, "slipway", RequestedId.OfTakingBack(id)) is not { } order)
            return null;

        if ((await RequestAsync(order)).Is(out var way, out var refusal))
            return way.Id.Value;

        LogNotTakenBack(logger, Id, id, refusal.Detail);
        return null;
    }

    public async Task<GrainAnswer> RestartAsync(string request, string by, string id) => GrainAnswer.From(await RequestAsync(new DeploymentOrder
    {
        Id = DeploymentId.Parse(id),
        By = by,
        IsRestart = true,
        Request = new() { Service = Id.Service, Environment = Id.Environment, Reason = EngineJson.Read<RestartRequest>(request).Reason },
    }));

    public async Task AdvanceAsync()
    {
        await Queue.AdvanceAsync();
        await InstancesChangedAsync();
    }

    public async Task InstancesChangedAsync()
    {
        if (Queue.Running is { } deployment)
            await Deployment(deployment).WakeAsync();
    }

    private async Task<Outcome<Deployment>> RequestAsync(DeploymentOrder order)
    {
        using var scope = logger.BeginScope(new LogScope(order.Id));
        using var span = Tracing.Request(order.Id);
        if (!(await Queue.RequestAsync(order)).Is(out var state, out var refusal))
            return refusal;

        if (state.Status == DeploymentStatus.Running)
            await Deployment(state.Id).WakeAsync();

        return DeploymentView.Of(state);
    }

    private async Task<Outcome<Deployment>> RollBackAsync(RollbackRequest request, string by, DeploymentId id)
    {
        // Asked again, after the answer got lost: the way back must not be taken back.
        if (await store.LoadAsync(id, CancellationToken.None) is { } known)
            return DeploymentView.Of(known);

        if (await TakeBackRunningAsync(request, by, id) is { } answer
            && (!answer.Is(out var stopped, out _) || request.Version is null || request.Version == stopped.PreviousVersion))
        {
            return answer;
        }

        return await Queue.WayBackAsync(request, by, id) is { } order
            ? await RequestAsync(order)
            : WayBack.None(Id);
    }

    /// <summary>Null: nothing runs. Asked again it answers the one that it took back, though that may have ended long ago and another one may run.</summary>
    private async Task<Outcome<Deployment>?> TakeBackRunningAsync(RollbackRequest request, string by, DeploymentId id)
    {
        if (await store.FindTakenBackAsync(Id, id, CancellationToken.None) is { } taken)
            return DeploymentView.Of(taken);

        await Queue.AdvanceAsync();
        if (Queue.Running is not { } running)
            return null;

        return (await Deployment(running).RollBackAsync(by, request.Reason, id.Value)).To<Deployment>();
    }

    private IDeploymentGrain Deployment(DeploymentId id) => GrainFactory.GetGrain<IDeploymentGrain>(id.Value);

    [LoggerMessage(LogLevel.Error, "{Target}: {Deployment} should be taken back, and cannot be: {Reason}")]
    private static partial void LogNotTakenBack(ILogger logger, TargetId target, DeploymentId deployment, string reason);
}

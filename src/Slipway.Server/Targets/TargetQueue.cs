using Microsoft.EntityFrameworkCore;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Contracts.Targets;
using Slipway.Server.Api;
using Slipway.Server.Deployments;
using Slipway.Server.Persistence;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Targets;

/// <summary>
/// The queue of one target: at most one deployment runs, at most one waits. Somebody else may write at the same moment (a waiting deployment is cancelled,
/// another node believes it has the target): whoever comes second looks again.
/// </summary>
internal sealed class TargetQueue(TargetId target, DeploymentPlanner planner, DeploymentStore store, IDbContextFactory<SlipwayDb> databases)
{
    private const int Tries = 10;

    /// <summary>What ran when the queue was last looked at.</summary>
    public DeploymentId? Running { get; private set; }

    /// <summary>The deployment that brought what ran when the queue was last looked at.</summary>
    public DeploymentId? Current { get; private set; }

    /// <summary>Starts a deployment, or lets it wait, or says why not. Asking again with the same id finds the first.</summary>
    public Task<Outcome<DeploymentState>> RequestAsync(DeploymentOrder order) => FencedAsync(() => TryRequestAsync(order));

    /// <summary>Starts the queued deployment if nothing runs.</summary>
    public Task AdvanceAsync() => FencedAsync(async () =>
    {
        var row = await ReadAsync();
        if (row is { RunningDeployment: null, QueuedDeployment: { } next })
            return await StartAsync(row, next);

        (Running, Current) = (row?.RunningDeployment, row?.Deployment);
        return true;
    });

    /// <summary>What brings back the version before, or the one that is named. Null: there is none.</summary>
    public async Task<DeploymentOrder?> WayBackAsync(RollbackRequest request, string by, DeploymentId id)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await WayBack.FindAsync(db, target, await ReadAsync(), request, by, id);
    }

    private static async Task<T> FencedAsync<T>(Func<Task<T>> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await work();
            }
            catch (StaleWriterException) when (attempt < Tries)
            {
                // What was read is no longer so.
            }
        }
    }

    private async Task<Outcome<DeploymentState>> TryRequestAsync(DeploymentOrder order)
    {
        if (await store.LoadAsync(order.Id, CancellationToken.None) is { } known)
            return known;

        var row = await ReadAsync();
        if (order.Automatic && row?.Hold is { } hold)
            return Refusal.Conflict("on_hold", $"{target} is on hold since {hold.PlacedAt:u} by {hold.PlacedBy}: {hold.Reason}");

        if (order.IsRestart && RestartRules.Refuse(target, row) is { } notNow)
            return notNow;

        var wanted = order.IsRestart ? RestartRules.Again(order.Request, row!) : order.Request;
        if (!(await PlanAsync(wanted, order.Kind, order.Outside, trace: null)).Is(out var planned, out var refusal))
            return refusal;

        var created = Created(order, planned);
        var changes = new List<Change>();
        if (row?.QueuedDeployment is { } waiting && await store.LoadAsync(waiting, CancellationToken.None) is { IsTerminal: false } older)
            changes.Add(new(older, [new Finished(DeploymentStatus.Superseded)]));

        // What can start at once is stored as started: one write, and nothing to forget in between.
        var starts = row?.RunningDeployment is null;
        DeploymentFact[] facts = starts ? [created, Started(planned)] : [created];
        changes.Add(new(null, facts));
        var states = await store.CommitAsync(target, changes, CancellationToken.None);
        Running = starts ? created.Deployment : row!.RunningDeployment;
        return states[^1];
    }

    /// <summary>
    /// The plan is made again: the target may have changed while it waited. What can not be planned any more fails; what nobody asked for on purpose
    /// does not get past a hold that was placed meanwhile.
    /// </summary>
    private async Task<bool> StartAsync(TargetRow row, DeploymentId id)
    {
        if (await store.LoadAsync(id, CancellationToken.None) is not { Status: DeploymentStatus.Queued } queued)
            throw new StaleWriterException(id);

        var fact = queued.Request.Automatic && row.Hold is { } hold
            ? new Finished(DeploymentStatus.Cancelled, $"because the target is on hold: {hold.Reason}")
            : await StartOrFailAsync(queued);
        await store.CommitAsync(target, [new(queued, [fact])], CancellationToken.None);
        Running = fact is Started ? id : null;
        return true;
    }

    private async Task<DeploymentFact> StartOrFailAsync(DeploymentState queued)
    {
        var request = new DeploymentRequest
        {
            Service = queued.Request.Service,
            Environment = queued.Request.Environment,
            Version = queued.Request.Release.Version,
            ConfigRevision = queued.Request.Release.ConfigRevision,
            Strategy = queued.Request.Strategy,
            Rebuild = queued.Request.Rebuild,
        };
        return (await PlanAsync(request, queued.Request.Kind, queued.Request.Outside, queued.Request.Trace)).Is(out var planned, out var refusal)
            ? Started(planned)
            : new Finished(DeploymentStatus.Failed, refusal.Detail);
    }

    private async Task<Outcome<PlannedDeployment>> PlanAsync(DeploymentRequest request, DeploymentKind kind, DeploymentTypes.OutsideRun? outside, string? trace)
    {
        using var span = Tracing.Start("deployment.plan", trace);
        return await planner.PlanAsync(request, CancellationToken.None, kind, outside);
    }

    private static Created Created(DeploymentOrder order, PlannedDeployment planned) => new()
    {
        Deployment = order.Id,
        Service = planned.Target.Service,
        Environment = planned.Target.Environment,
        Release = planned.Release,
        DeploymentType = planned.Definition.Type,
        Definition = planned.Definition,
        Strategy = planned.Strategy,
        Plan = planned.Plan,
        CreatedBy = order.By,
        Reason = order.Request.Reason,
        Automatic = order.Automatic,
        NoRollback = order.Request.NoRollback,
        IsRollback = order.IsRollback,
        IsRestart = order.IsRestart,
        Rebuild = order.Request.Rebuild,
        Outside = order.Outside,
        Trace = Tracing.Current,
    };

    private static Started Started(PlannedDeployment planned) =>
        new()
        {
            Plan = planned.Plan,
            Previous = planned.Previous,
            PreviousDefinition = planned.PreviousDefinition,
            References = planned.References,
            PreviousReferences = planned.PreviousReferences,
        };

    /// <summary>Null: the version never ran here, so it takes the newest.</summary>
    private async Task<TargetRow?> ReadAsync()
    {
        var (service, environment) = target;
        await using var db = await databases.CreateDbContextAsync();
        return await db.Set<TargetRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == service && row.Environment == environment);
    }
}

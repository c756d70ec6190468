using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.DeploymentTypes.Trigger;
using Slipway.Server.Api;
using Slipway.Server.Cluster;
using Slipway.Server.Deployments;
using Slipway.Server.Engine;
using Slipway.Server.Persistence;
using Slipway.Server.Persistence.Sqlite;
using Slipway.Server.Targets;
using Slipway.Server.Tests.Deployments.Trigger;

namespace Slipway.Server.Tests.Deployments.Simulation;

/// <summary>
/// What a server process does for one target: the queue, the runs and their alarms, as the two grains have them. Two of these at once are two activations
/// that each believe to be the only one.
/// </summary>
internal sealed class SimulatedNode(SimulatedClock time, SimulatedFleet fleet, IDbContextFactory<SlipwayDb> databases, TargetId target, ICrashPoints crashPoints)
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private readonly Dictionary<DeploymentId, DateTimeOffset> alarms = [];
    private Dictionary<DeploymentId, DeploymentRun> runs = [];
    private CancellationToken life;
    private Action end = () => { };
    private SteadyClock clock = null!;
    private DeploymentStore store = null!;
    private StageRunner stages = null!;
    private TargetQueue queue = null!;

    public DateTimeOffset? NextAlarm => alarms.Count > 0 ? alarms.Values.Min() : null;

    public List<Exception> Troubles { get; } = [];

    public int Stale { get; private set; }

    public void Start()
    {
        var source = new CancellationTokenSource();
        (life, end) = (source.Token, source.Cancel);
        clock = new(time);
        var (types, checks) = (new DeploymentTypeCatalog([new TriggerType(fleet, new FakeVerdicts())]), new NoChecks());
        stages = new(types, checks);
        store = new(databases, new SqliteDatabase(new SqliteWrites()), new EventFeed(), clock, crashPoints);
        queue = new(target, new DeploymentPlanner(databases, types, checks), store, databases);
        runs = [];
        alarms.Clear();
    }

    /// <summary>From here on nothing of it does anything.</summary>
    public SimulatedCrashException Die(string where)
    {
        end();
        return new(where);
    }

    /// <summary>What <see cref="Recovery"/> does: at the start, and every few seconds.</summary>
    public async Task RecoverAsync(bool atStart)
    {
        if (atStart && await IsIdleAsync())
            await fleet.RunAsync(target, life);

        await AdvanceQueueAsync();
        foreach (var open in await OpenAsync())
            await WakeAsync(open);
    }

    public async Task<Outcome<DeploymentState>> RequestAsync(DeploymentOrder order)
    {
        var outcome = await queue.RequestAsync(order);
        WakeRunning();
        return outcome;
    }

    public async Task RollBackTargetAsync(string by)
    {
        await queue.AdvanceAsync();
        if (queue.Running is { } running)
            await ControlAsync(running, state => DeploymentControls.RollBack(state, by, null));
        else if (await queue.WayBackAsync(new(), by, DeploymentId.New()) is { } order)
            await RequestAsync(order);
    }

    public async Task ControlAsync(DeploymentId id, Func<DeploymentState, Outcome<DeploymentFact[]>> rule)
    {
        try
        {
            if (await LoadAsync(id) is { } run)
                await run.ControlAsync(rule, life);

            alarms[id] = clock.Now;
        }
        catch (StaleWriterException)
        {
            StepBack(id);
        }
    }

    public void InstancesChanged()
    {
        WakeRunning();
    }

    public async Task RunDueAsync()
    {
        foreach (var (id, _) in alarms.Where(alarm => alarm.Value <= time.Now).ToList())
            await WakeAsync(id);
    }

    /// <summary>As the deployment's grain: whatever goes wrong, it looks again in a second.</summary>
    public async Task WakeAsync(DeploymentId id)
    {
        alarms.Remove(id);
        try
        {
            if (await LoadAsync(id) is not { } run)
                return;

            var comeBack = await run.AdvanceAsync(life);
            if (run.State.IsTerminal)
                await FinishAsync(id, run.State);
            else if (comeBack is { } at)
                alarms[id] = at;
        }
        catch (StaleWriterException)
        {
            StepBack(id);
        }
        catch (Exception e) when (!life.IsCancellationRequested)
        {
            Troubles.Add(e);
            StepBack(id);
        }
    }

    private async Task FinishAsync(DeploymentId id, DeploymentState state)
    {
        if (state.Status is DeploymentStatus.Succeeded or DeploymentStatus.RolledBack or DeploymentStatus.Cancelled)
            await fleet.RunAsync(target, life);

        await AdvanceQueueAsync();
        runs.Remove(id);
    }

    private async Task AdvanceQueueAsync()
    {
        await queue.AdvanceAsync();
        WakeRunning();
    }

    private void WakeRunning()
    {
        if (queue.Running is { } running)
            alarms[running] = time.Now;
    }

    private async Task<DeploymentRun?> LoadAsync(DeploymentId id)
    {
        if (runs.TryGetValue(id, out var known) && known.State.Status != DeploymentStatus.Queued)
            return known;

        return await store.LoadAsync(id, life) is { } state
            ? runs[id] = new(state, store, stages, clock, new AlwaysHeld(), NullLogger.Instance)
            : null;
    }

    private void StepBack(DeploymentId id)
    {
        Stale++;
        runs.Remove(id);
        alarms[id] = clock.Now + AfterTrouble;
    }

    private async Task<List<DeploymentId>> OpenAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Service == target.Service && (row.Status == DeploymentStatus.Queued || row.Status == DeploymentStatus.Running))
            .Select(row => row.Id)
            .ToListAsync();
    }

    private async Task<bool> IsIdleAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var row = await db.Set<TargetRow>().AsNoTracking().FirstOrDefaultAsync(row => row.Service == target.Service);
        var last = await db.Set<DeploymentRow>().AsNoTracking()
            .Where(row => row.Service == target.Service && row.FinishedAt != null)
            .OrderByDescending(row => row.FinishedAt)
            .Select(row => (DeploymentStatus?)row.Status)
            .FirstOrDefaultAsync();
        return row is { Version: not null, RunningDeployment: null } && last != DeploymentStatus.Failed;
    }
}

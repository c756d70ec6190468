using Orleans.Placement;
using Slipway.Contracts.Deployments;
using Slipway.Contracts.Ids;
using Slipway.Server.Api;
using Slipway.Server.Cluster;
using Slipway.Server.Engine;
using Slipway.Server.Instances.Converging;
using Slipway.Server.Targets;
using Slipway.Server.Telemetry;

namespace Slipway.Server.Deployments;

/// <summary>Loads, lets <see cref="DeploymentRun"/> walk, sets the alarm. A thin shell.</summary>
[PreferLocalPlacement]
internal sealed partial class DeploymentGrain(
    DeploymentStore store,
    StageRunner stages,
    SteadyClock clock,
    IConvergence convergence,
    ILease lease,
    ILogger<DeploymentRun> logger) : SlipwayGrain, IDeploymentGrain
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private const int ControlTries = 5;

    private DeploymentRun? run;
    private IGrainTimer? alarm;

    private DeploymentId Id => DeploymentId.Parse(this.GetPrimaryKeyString());

    public async Task WakeAsync()
    {
        using var scope = logger.BeginScope(new LogScope(Id));
        try
        {
            if (await LoadAsync() is { } current)
                await AdvanceAsync(current);
        }
        catch (StaleWriterException)
        {
            StepBack();
        }
        catch (Exception e)
        {
            LogTrouble(logger, Id, e);
            run = null;
            SetAlarm(clock.Now + AfterTrouble);
        }
    }

    public Task<GrainAnswer> PauseAsync(string by, string? reason) => ControlAsync(state => DeploymentControls.Pause(state, by, reason));

    public Task<GrainAnswer> ResumeAsync(string by) => ControlAsync(state => DeploymentControls.Resume(state, by));

    public Task<GrainAnswer> CancelAsync(string by, string? reason) => ControlAsync(state => DeploymentControls.Cancel(state, by, reason));

    public Task<GrainAnswer> RollBackAsync(string by, string? reason, string? request) =>
        ControlAsync(state => DeploymentControls.RollBack(state, by, reason, request is null ? null : DeploymentId.Parse(request)));

    public Task<GrainAnswer> AnswerAsync(bool approve, string by, string request) =>
        ControlAsync(state => DeploymentControls.Answer(state, approve, by, EngineJson.Read<ApprovalRequest>(request)));

    public Task<GrainAnswer> AnswerCheckAsync(string stage, int attempt, bool pass, string by, string? reason) =>
        ControlAsync(state => DeploymentControls.AnswerCheck(state, stage, attempt, pass, by, reason));

    private async Task<GrainAnswer> ControlAsync(Func<DeploymentState, Outcome<DeploymentFact[]>> rule)
    {
        using var scope = logger.BeginScope(new LogScope(Id));
        for (var attempt = 1; attempt <= ControlTries; attempt++)
        {
            try
            {
                if (await LoadAsync() is not { } current)
                    return GrainAnswer.From<Deployment>(Refusal.NotFound("deployment", Id));

                var answer = GrainAnswer.From(await current.ControlAsync(rule, CancellationToken.None));
                SetAlarm(clock.Now);
                return answer;
            }
            catch (StaleWriterException)
            {
                // One that waits was started or superseded by its target at the same moment: look again.
                StepBack();
            }
        }

        return GrainAnswer.From<Deployment>(Refusal.Conflict("try_again", $"{Id} changed at the same moment; try again."));
    }

    private async Task AdvanceAsync(DeploymentRun current)
    {
        var comeBack = await current.AdvanceAsync(CancellationToken.None);
        if (current.State.IsTerminal)
        {
            await FinishAsync(current.State);
            return;
        }

        SetAlarm(comeBack);
    }

    /// <summary>A queued deployment is taken on by its target's grain, so what was read of it may be old.</summary>
    private async Task<DeploymentRun?> LoadAsync()
    {
        if (run is null || run.State.Status == DeploymentStatus.Queued)
        {
            run = await store.LoadAsync(Id, CancellationToken.None) is { } state
                ? new DeploymentRun(state, store, stages, clock, lease, logger)
                : null;
        }

        return run;
    }

    private async Task FinishAsync(DeploymentState state)
    {
        SetAlarm(null);
        if (state.Status is DeploymentStatus.Succeeded or DeploymentStatus.RolledBack or DeploymentStatus.Cancelled)
            await convergence.RunAsync(state.Target, CancellationToken.None);

        await GrainFactory.GetGrain<ITargetGrain>(state.Target.Key).AdvanceAsync();
        DeactivateOnIdle();
    }

    private void StepBack()
    {
        run = null;
        SetAlarm(clock.Now + AfterTrouble);
    }

    private void SetAlarm(DateTimeOffset? at)
    {
        var due = at is { } time ? TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((time - clock.Now).TotalMilliseconds))) : Timeout.InfiniteTimeSpan;
        alarm ??= this.RegisterGrainTimer(
            static grain => grain.WakeAsync(),
            this,
            new() { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, KeepAlive = true });
        alarm.Change(due, Timeout.InfiniteTimeSpan);
    }
}

using Slipway.Contracts.Deployments;
using Slipway.DeploymentTypes;
using Slipway.Server.Api;
using Slipway.Server.Cluster;
using Slipway.Server.Engine;

namespace Slipway.Server.Deployments;

/// <summary>Walks one deployment through its plan: ask the rules, do, record, ask again. One at a time; the grain sees to that.</summary>
internal sealed partial class DeploymentRun(
    DeploymentState state,
    DeploymentStore store,
    StageRunner stages,
    SteadyClock clock,
    ILease lease,
    ILogger logger)
{
    /// <summary>A stage's call that takes longer is given up; it could not tell.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A stage found running gets at least this long: the server may have been away, and its agents have to come back first.</summary>
    private static readonly TimeSpan GraceAfterRestart = TimeSpan.FromSeconds(40);

    private static readonly TimeSpan WithoutLease = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(1);

    private readonly DateTimeOffset notBefore = state.Begun.Any(stage => stage.Status == StageStatus.Running) ? clock.Now + GraceAfterRestart : default;
    private readonly ProgressBuffer progress = new();

    public DeploymentState State { get; private set; } = state;

    /// <summary>Goes as far as it can now. Answers when to come back; null: when something happens.</summary>
    public async Task<DateTimeOffset?> AdvanceAsync(CancellationToken cancellation)
    {
        while (true)
        {
            // Another node may be going on with it by now.
            if (!lease.IsHeld)
                return clock.Now + WithoutLease;

            switch (NextStep.Of(State, clock.Now))
            {
                case NextStep.Record record:
                    await RecordAsync(record.Facts, cancellation);
                    break;
                case NextStep.PlanRollback:
                    await RecordAsync([new RollbackStarted(await PlanRollbackAsync(cancellation))], cancellation);
                    break;
                case NextStep.Run run when await StepAsync(run.Stage, cancellation) is { } comeBack:
                    return comeBack;
                case NextStep.Run:
                    break;
                case NextStep.Sleep sleep:
                    return sleep.Until;
                default:
                    throw new InvalidOperationException("Unknown next step.");
            }
        }
    }

    /// <summary>A person's request.</summary>
    public async Task<Outcome<Deployment>> ControlAsync(Func<DeploymentState, Outcome<DeploymentFact[]>> rule, CancellationToken cancellation)
    {
        if (!rule(State).Is(out var facts, out var refusal))
            return refusal;

        await RecordAsync(facts, cancellation);
        return DeploymentView.Of(State);
    }

    /// <summary>Calls a stage once. Null: it changed something, look again at once.</summary>
    private async Task<DateTimeOffset?> StepAsync(int index, CancellationToken cancellation)
    {
        var result = await CallAsync(index, cancellation);
        var now = clock.Now;
        var deadline = Deadline(index);
        progress.Take(result.Instances);
        var facts = StageOutcome.Facts(State, index, result, now, deadline);
        await RecordAsync(facts, cancellation);
        if (facts is not ([] or [StageNoted]) || RetryAfter(result) is not { } wanted)
            return null;

        // Only a stage that has noted something new may ask to be called at once, or one with nothing to say would keep a core busy.
        if (facts is [StageNoted] && wanted <= TimeSpan.Zero)
            return null;

        var flush = await FlushProgressAsync(now, cancellation);
        var retry = wanted > ShortestWait ? wanted : ShortestWait;
        return Earliest(flush, Earliest(now + retry, deadline));
    }

    private static TimeSpan? RetryAfter(StageResult result) => result switch
    {
        StageResult.Waiting waiting => waiting.RetryAfter,
        StageResult.Paused paused => paused.RetryAfter,
        _ => null,
    };

    private async Task<StageResult> CallAsync(int index, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Token);
        timeout.CancelAfter(CallTimeout);
        try
        {
            return await stages.RunAsync(State.Request.DeploymentType, StageRun(index), timeout.Token);
        }
        catch (OperationCanceledException) when (!lease.IsHeld)
        {
            throw new StaleWriterException(State.Id);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new StageResult.Errored($"The deployment type did not answer within {CallTimeout.TotalSeconds:0} s.");
        }
        catch (Exception e) when (e is not (OperationCanceledException or StaleWriterException))
        {
            LogStageThrew(logger, State.Id, State.Stages[index].Plan.Name, e);
            return new StageResult.Errored(e.Message);
        }
    }

    private StageRun StageRun(int index)
    {
        var stage = State.Stages[index];
        return new()
        {
            Deployment = State.Id,
            Target = State.Target,
            Stage = stage.Plan,
            Attempt = stage.Attempt,
            Fence = new(State.Id, State.Sequence),
            Release = State.Request.Release,
            Strategy = State.Request.Strategy,
            Previous = State.Previous,
            Kind = State.Request.Kind,
            IsRollback = stage.IsRollback,
            Definition = stage.IsRollback ? State.PreviousDefinition ?? State.Request.Definition : State.Request.Definition,
            Memory = stage.Memory,
            Shown = stage.Shown,
            Begun = [.. State.Begun.Where(other => other != stage).Select(other => other.Plan)],
            Outputs = State.Outputs,
            References = State.References,
            PreviousReferences = State.PreviousReferences,
            Wish = State.PauseRequested || State.Status == DeploymentStatus.Paused ? StageWish.Pause : StageWish.Go,
            Rebuild = State.Request.Rebuild,
            Answer = stage.Answer,
            StartedBy = State.Request.CreatedBy,
            Outside = State.Request.Outside,
            StartedAt = stage.StartedAt!.Value,
            Now = clock.Now,
        };
    }

    private Task<IReadOnlyList<PlannedStage>> PlanRollbackAsync(CancellationToken cancellation) =>
        stages.PlanRollbackAsync(
            State.Request.DeploymentType,
            new()
            {
                Deployment = State.Id,
                Target = State.Target,
                Previous = State.Previous,
                Definition = State.PreviousDefinition ?? State.Request.Definition,
                Begun = [.. State.Begun.Select(stage => stage.Plan)],
                Outputs = State.Outputs,
                PreviousReferences = State.PreviousReferences,
            },
            cancellation);

    /// <summary>Records facts and, in the same commit, those that follow from them without doing anything.</summary>
    private async Task RecordAsync(IReadOnlyList<DeploymentFact> facts, CancellationToken cancellation)
    {
        if (facts is [])
            return;

        var all = new List<DeploymentFact>(facts);
        var now = clock.Now;
        var ahead = facts.Aggregate(State, (state, fact) => DeploymentRules.Apply(state, fact, now));
        while (NextStep.Of(ahead, now) is NextStep.Record record)
        {
            all.AddRange(record.Facts);
            ahead = record.Facts.Aggregate(ahead, (state, fact) => DeploymentRules.Apply(state, fact, now));
        }

        var change = new Change(State, all) { Instances = progress.Changed() };
        State = (await store.CommitAsync(State.Target, [change], cancellation))[0];
        progress.Saved(now);
    }

    /// <summary>Writes what instances do, at most ten times a second. Answers when the next write is due, if one is.</summary>
    private async Task<DateTimeOffset?> FlushProgressAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (progress.Changed() is [])
            return null;

        if (progress.NextSave is { } due && due > now)
            return due;

        await store.CommitAsync(State.Target, [new(State, []) { Instances = progress.Changed() }], cancellation);
        progress.Saved(now);
        return null;
    }

    private DateTimeOffset Deadline(int index)
    {
        // What stands still because somebody wants it to does not run out of time.
        if (State.Status == DeploymentStatus.Paused)
            return DateTimeOffset.MaxValue;

        var deadline = State.Stages[index].Deadline!.Value;
        return deadline > notBefore ? deadline : notBefore;
    }

    private static DateTimeOffset Earliest(DateTimeOffset? first, DateTimeOffset second) => first < second ? first.Value : second;
}
